import { delimiterFor } from "../../language/values/copied.ts";
import type { Block, Values } from "./block.ts";
import { copyOf } from "./block.ts";

/** A step as the script needs it. */
export interface ScriptStep {
  id: string;
  title: string;
  on: string;
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
      return [`# ${first + index + 1} ${step.title}`, block ? copyOf(block, values) : "", ""];
    });
    const enter = blocks.get(`${steps[first]?.id}:enter`);
    parts.push(...(enter ? inside(copyOf(enter, values), texts) : texts));
  }
  return `${parts.join("\n").trimEnd()}\n`;
}

// The braces make the shell read all of it first: else a program could take the rest as its input.
function inside(enter: string, texts: readonly string[]): string[] {
  const end = delimiterFor(texts.join("\n"), "STEPS");
  return [`${enter} -s <<'${end}'`, "set -euo pipefail", "{", "", ...texts, "} </dev/null", end, ""];
}
