import type { Need } from "./needs.ts";
import type { Place, Span } from "./place.ts";

/** A value worked out on the host: a shell command that reads only, and what is shown until it has run. */
export interface ComputedDefault {
  command: string;
  example: string;
  /** It is about the caller's own machine: where the host is another one, the parameter is required. */
  local?: boolean;
}

/** A value that a runbook takes, as its frontmatter declares it. */
export interface Parameter {
  name: string;
  description?: string;
  /** Absent: the value is required. */
  default?: string | ComputedDefault;
  /** A regular expression that must match the whole value; of a `list`, each word. */
  pattern?: string;
  enum?: string[];
  /** The value is a list of words separated by white space. */
  list: boolean;
  /** Never shown nor stored; comes from the environment or is asked for. */
  secret: boolean;
  /** Line feeds are allowed in the value. */
  multiline: boolean;
  /** Where the frontmatter declares it. */
  span: Span;
}

/** Where steps run: a command put before a shell's name that runs that shell there. */
export interface Target {
  name: string;
  command: string;
  span: Span;
}

/** A fence of a page, with its text (line feeds only, no last one) and its places. */
export interface Fence {
  /** The language word of the fence. */
  language: string;
  text: string;
  /** The whole fence, from its opening marker to its closing one. */
  span: Span;
  /** Where each line of `text` begins in the page: what Markdown stripped before it is left out. */
  lines: Place[];
}

/** A fence that belongs to a step: `when`, `guard`, `proof` or `undo`. */
export interface Attached extends Fence {
  role: "when" | "guard" | "proof" | "undo";
  /** The target it runs on, where the fence names one; else its step's. */
  on?: string;
  /** Milliseconds for which a proof is polled until it holds. */
  withinMs?: number;
  /** Milliseconds after which one try is ended. */
  timeoutMs?: number;
}

/** What a `file` step writes. */
export interface FileTarget {
  /** May refer to parameters, as data. */
  path: string;
  /** Octal permission bits, such as `0644`. */
  mode?: string;
}

/** One step of a procedure, with all that the page says of it. */
export interface Step {
  id: string;
  title?: string;
  /** The target's name; `host` is the machine itself. */
  on: string;
  /** What runs, or is written. Of a session, its commands alone: between two of them lines of the page may lie. */
  fence: Fence;
  /** The session as the page shows it, with its prompts and what it prints, where the step is one. */
  session?: Fence;
  /** Present where the step makes the fence's text a file. */
  file?: FileTarget;
  when: Attached[];
  guard: Attached[];
  proof: Attached[];
  undo: Attached[];
  /** What the step is expected to print on stdout; of a session, all its lines that are no command. */
  output?: Fence;
  timeoutMs?: number;
  /** Attempts in all; 1 where the page says nothing. */
  retry: number;
  /** Variables that it hands to all later steps. */
  sets: string[];
  /** The exit statuses that the step is meant to end with; `[0]` where the page says nothing. */
  exits: number[];
  /** It is a service that runs beside the steps that follow. */
  background: boolean;
  /** It restarts the host, and the run goes on when that is back. */
  reboot: boolean;
  danger?: string;
  keeps?: string;
}

/** A reference to another runbook, with its place. */
export interface Requirement {
  id: string;
  span: Span;
}

/** A parameter's value in a set for which a runbook is proved too, beside its defaults. */
export interface ProvedValue {
  name: string;
  value: string;
  span: Span;
}

/** What a page says of its own proof. */
export interface Verification {
  /** Further sets of values, each proved as a case of its own. */
  values: ProvedValue[][];
  /** Why a restart of the host takes the runbook's work away; absent where its work is to outlive one. */
  transient?: string;
}

/** The procedure of one page. */
export interface Runbook {
  id: string;
  /** The page's title, from its frontmatter or first heading; the id where it has none. */
  title: string;
  /** The page's description, from its frontmatter. */
  description?: string;
  /** The page's path as it was given to the reader of the page. */
  file: string;
  span: Span;
  requires: Requirement[];
  needs: Need[];
  params: Parameter[];
  targets: Target[];
  /** Absent where the page says nothing of its proof. */
  verify?: Verification;
  steps: Step[];
}

/** Whether a step is meant to end as commands usually are, with exit status 0 alone. */
export function endsWell({ exits }: Pick<Step, "exits">): boolean {
  return exits.length === 1 && exits[0] === 0;
}

/** Whether a step outlives every shell, so that it can't be a part of a script: one that restarts the host. */
export function outlivesShell({ reboot }: Pick<Step, "reboot">): boolean {
  return reboot;
}

/**
 * The fences that say whether a step's work is there, beside the file that it writes: its guards, or its proofs where it
 * has neither. A service's work is that it runs, which its proofs say.
 */
export function doneChecks({ guard, proof, file, background }: Step): Attached[] {
  if (background) return [...guard, ...proof];
  return guard.length > 0 || file ? guard : proof;
}
