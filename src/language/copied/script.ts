import type { Block } from "./block.ts";
import { type CopySource, endsScript, onTarget, settingsFor, textOf } from "./copy.ts";
import { isBash } from "./target-shell.ts";

/** A check of a step: `key` names its block, `on` its target where that is not the step's. */
export interface ScriptCheck {
  key: string;
  on?: string;
  /** Seconds for which a proof is tried again. */
  within?: number;
}

/** A step as the script needs it. */
export interface ScriptStep {
  id: string;
  title: string;
  on: string;
  /** It runs beside the steps that follow. */
  background?: boolean;
  /** The exit statuses that it is meant to end with, where they are not 0 alone. */
  exits?: readonly number[];
  when?: readonly ScriptCheck[];
  /** The names that it hands on. */
  sets?: readonly string[];
  /** The checks that say that the step is done: its guards, or its proofs where it has no guard. */
  done?: readonly ScriptCheck[];
  proof?: readonly ScriptCheck[];
}

/**
 * All steps as one script, by the rules of a run: `when`, guard, step, proof. Steps that follow each other on a target
 * share a shell there, as they do in a run, unless a check between them runs elsewhere.
 */
export function wholeScript(
  head: readonly string[],
  steps: readonly ScriptStep[],
  blocks: ReadonlyMap<string, Block>,
  source: CopySource,
): string {
  // A value of several lines must not leave the comment.
  const comments = head.map((line) => `# ${line.replaceAll("\n", "\n# ")}`);
  const parts: string[] = [];
  for (let at = 0; at < steps.length; ) {
    const first = at;
    const { on } = steps[first] as ScriptStep;
    do at++;
    while (at < steps.length && steps[at]?.on === on && isWhole(steps[at - 1]) && isWhole(steps[at]));
    const group = steps.slice(first, at);
    const texts = group.map((step, index) => stepText(step, first + index + 1, blocks, source, group.length === 1));
    const enter = blocks.get(`${group[0]?.id}:enter`);
    parts.push(enter && group.length > 1 ? targetText(enter, texts.join("\n"), source) : texts.join("\n"), "");
  }
  const all = parts.join("\n");
  // By itself an assignment fails as its command does.
  const settings = settingsFor(all, source).map(({ name, command }) => `${name}=$(${command})\nexport ${name}\n`);
  // In a subshell: who pastes all of it keeps a terminal that does not end where a step fails.
  const lines = ["#!/usr/bin/env bash", ...comments, "(", "set -euo pipefail", ...settings, all.trimEnd(), ")"];
  return `${lines.join("\n")}\n`;
}

/** Whether all of a step runs on its target. */
function isWhole(step: ScriptStep | undefined): boolean {
  const checks = [...(step?.when ?? []), ...(step?.done ?? []), ...(step?.proof ?? [])];
  return checks.every(({ on }) => on === undefined || on === step?.on);
}

function targetText(enter: Block, text: string, source: CopySource): string {
  const entering = textOf(enter, source);
  const strict = isBash(entering) ? "set -euo pipefail" : `set -eu\n${whereKnown("set -o pipefail")}`;
  return onTarget(entering, `${strict}\n${text}`, source);
}

/** A command of an option that some shells lack: a shell without it would end there. */
function whereKnown(command: string): string {
  return `if (${command}) 2>/dev/null; then ${command}; fi`;
}

function stepText(
  step: ScriptStep,
  number: number,
  blocks: ReadonlyMap<string, Block>,
  source: CopySource,
  alone: boolean,
): string {
  const { id, title, background, exits, sets = [], when = [], done = [], proof = [] } = step;
  // By itself each part enters its own target; in a group all of it is there already.
  const place = (key: string, text: string): string => {
    const enter = alone ? blocks.get(`${key}:enter`) : undefined;
    return enter ? targetText(enter, text, source) : text;
  };
  const inBash = (key: string): boolean => {
    const enter = blocks.get(`${key}:enter`);
    return !enter || isBash(textOf(enter, source));
  };
  const ask = ({ key }: ScriptCheck): string => {
    const block = blocks.get(key);
    const loose = inBash(key) ? "set +o pipefail" : whereKnown("set +o pipefail");
    const text = place(key, `${loose}\n${block ? textOf(block, source) : ""}`);
    // Outside of any condition: in one, a shell goes on behind a command that fails.
    return `set +e\n(\nset -e\n${text}\n) </dev/null\nis=$?\nset -e`;
  };
  const block = blocks.get(id);
  const own = block ? textOf(block, source) : "";
  const placed = place(id, own);
  const entered = placed !== own;
  const run = background
    ? serving(placed)
    : exits || (!entered && endsScript(own))
      ? apart(placed, exits ?? [0], entered ? [] : sets, inBash(id))
      : placed;
  let text = [run, ...proof.map((check) => proving(check, ask(check), title))].join("\n");
  if (done.length > 0) {
    text = `${all(done.map(ask))}\nif [ "$is" = 0 ]; then echo ${quoted(`${title}: done already`)}; else\n${text}\nfi`;
  }
  if (when.length > 0) {
    text = `${all(when.map(ask))}\nif [ "$is" != 0 ]; then echo ${quoted(`${title}: does not apply`)}; else\n${text}\nfi`;
  }
  return `# ${number} ${title}\n${text}\n`;
}

/** Asks one check after the other until one says no. */
function all(checks: readonly string[]): string {
  return ["is=0", ...checks.map((check) => `if [ "$is" = 0 ]; then\n${check}\nfi`)].join("\n");
}

function proving({ within = 0 }: ScriptCheck, ask: string, title: string): string {
  const failed = `{ echo ${quoted(`${title}: its proof does not hold`)} >&2; exit 1; }`;
  // The clock, since SECONDS is known to bash alone, and a page may set it.
  return `until=$(($(date +%s) + ${within}))\nwhile :; do\n${ask}\n[ "$is" != 0 ] || break\n[ "$(date +%s)" -lt "$until" ] || ${failed}\nsleep 1\ndone`;
}

/** Beside what follows, in a process group of its own, which ends with the shell. */
function serving(text: string): string {
  const ending = "trap 'kill -- $services 2>/dev/null || :' EXIT";
  return `set -m\n(\nset -e\n${text}\n) </dev/null &\nset +m\nservices="\${services-} -$!"\n${ending}`;
}

/**
 * In a subshell, which ends where a command fails, and no more with it: in a condition the shell would go on behind that
 * command. What the step hands on comes back as the shell's own text.
 */
function apart(text: string, exits: readonly number[], sets: readonly string[], inBash: boolean): string {
  const meant = exits.join(" | ");
  const wrong = meant === "0" ? 'exit "$is"' : `echo "exit $is where ${exits.join(" or ")} was meant" >&2; exit 1`;
  const end = `case $is in ${meant}) ;; *) ${wrong} ;; esac`;
  if (sets.length === 0) return `set +e\n(\nset -e\n${text}\n)\nis=$?\nset -e\n${end}`;
  // Only bash can say a single variable; any shell can say what it exports.
  const say = inBash ? `declare -p ${sets.join(" ")}` : `{ export ${sets.join(" ")}; export -p; }`;
  const hand = `${say} >"$handed" 2>/dev/null || :`;
  const handing = `trap '${hand}' EXIT\n${text}\n${hand}`;
  return `handed=$(mktemp)\nset +e\n(\nset -e\n${handing}\n)\nis=$?\nset -e\n. "$handed"\nrm -f "$handed"\n${end}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
