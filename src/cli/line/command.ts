/** A flag of a command, as help, completion and the reference show it. */
export interface Flag {
  name: string;
  /** The word for its value, such as `DIR`; absent: it takes none. */
  value?: string;
  /** The value may be left out; then it is given as `--flag=VALUE` only. */
  optional?: true;
  /** The values that it takes, where these are few; completion offers them. */
  choices?: readonly string[];
  /** It may be given more than once. */
  many?: true;
  about: string;
}

/** A line to type, and what it does. */
export interface Example {
  line: string;
  about: string;
}

/** What a command's first word completes to. */
export type Operand = "runbook" | "page" | "run" | "run-or-runbook" | "shell" | "command" | "none";

/** A command: the one source of its help, completion and reference. */
export interface Command {
  name: string;
  /** What stands behind the name, such as `ID [NAME=value…]`. */
  usage: string;
  /** A line in the overview. */
  summary: string;
  /** Paragraphs for its own help. */
  details: readonly string[];
  operand: Operand;
  /** Least and most words that are no NAME=value. */
  words: readonly [number, number];
  /** Whether it takes NAME=value. */
  values: boolean;
  flags: readonly Flag[];
  examples: readonly Example[];
}
