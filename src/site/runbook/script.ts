import { delimiterFor } from "../../language/values/copied.ts";
import type { Block, Values } from "./block.ts";
import { copyOf } from "./block.ts";

/** A step as the script needs it. */
export interface ScriptStep {
  id: string;
  title: string;
  on: string;
  /** The exit statuses that it is meant to end with, where they are not 0 alone. */
  exits?: readonly number[];
}

/** All steps as one script: those that follow each other on a target share a shell there, as they do in a run. */
export function wholeScript(
  head: readonly string[],
  steps: readonly ScriptStep[],
  blocks: ReadonlyMap<string, Block>,
  values: Values,
): string {
  // A value of several lines must not leave the comment.
  const comments = head.map((line) => `# ${line.replaceAll("\n", "\n# ")}`);
  const parts = ["#!/usr/bin/env bash", ...comments, "set -euo pipefail", ""];
  for (let at = 0; at < steps.length; ) {
    const first = at;
    const on = steps[first]?.on;
    while (steps[at]?.on === on && at < steps.length) at++;
    const texts = steps.slice(first, at).flatMap((step, index) => {
      const block = blocks.get(step.id);
      const text = block ? copyOf(block, values) : "";
      return [`# ${first + index + 1} ${step.title}`, step.exits ? expecting(step.exits, text) : text, ""];
    });
    const enter = blocks.get(`${steps[first]?.id}:enter`);
    parts.push(...(enter ? inside(copyOf(enter, values), texts) : texts));
  }
  return `${parts.join("\n").trimEnd()}\n`;
}

// In a subshell, which ends where a command fails; in a condition the shell would go on behind that command.
function expecting(exits: readonly number[], text: string): string {
  const end = `case $? in ${exits.join(" | ")}) set -e ;; *) echo "exit $? where ${exits.join(" or ")} was meant" >&2; exit 1 ;; esac`;
  return `set +e\n(\nset -e\n${text}\n)\n${end}`;
}

// The braces make the shell read all of it first: else a program could take the rest as its input.
function inside(enter: string, texts: readonly string[]): string[] {
  const end = delimiterFor(texts.join("\n"), "STEPS");
  return [`${enter} -s <<'${end}'`, "set -euo pipefail", "{", "", ...texts, "} </dev/null", end, ""];
}
