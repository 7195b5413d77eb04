import type { Fence, Runbook, Step } from "../../language/model/runbook.ts";
import { readShell } from "../../language/shell/analyse.ts";

/** A fault that is put into a page on purpose. */
export interface Mutant {
  step: string;
  role: "step" | "when" | "guard" | "proof" | "undo";
  /** The fault's kind: a fence removed, a line removed, or a value changed. */
  change: "removed" | "line" | "value";
  /** The page's line, in the page without the fault. */
  line: number;
  /** The fault in words. */
  words: string;
  /** The page with the fault. */
  page: string;
}

/** A part of a step that can be taken away or broken. */
interface Part {
  role: Mutant["role"];
  fence: Fence;
  shell: boolean;
}

/**
 * The faults of one runbook's page, each alone: every step, `when`, guard, proof and undo away; every line away without which it
 * still is shell; and in each a value that is another.
 */
export function mutantsOf(page: string, runbook: Runbook): Mutant[] {
  return runbook.steps.flatMap((step) =>
    partsOf(step).flatMap((part) => [
      removed(page, step, part),
      ...withoutLines(page, step, part),
      ...otherValue(page, step, part),
    ]),
  );
}

function partsOf(step: Step): Part[] {
  const attached = [...step.when, ...step.guard, ...step.proof, ...step.undo];
  return [
    { role: "step", fence: step.fence, shell: !step.file },
    ...attached.map((fence) => ({ role: fence.role, fence, shell: true })),
  ];
}

function removed(page: string, step: Step, { role, fence }: Part): Mutant {
  const { when, guard, proof, undo, output, session } = step;
  // Without a step nothing that belongs to it has a meaning.
  const away =
    role === "step" ? [fence, ...when, ...guard, ...proof, ...undo, ...(output && !session ? [output] : [])] : [fence];
  const lines: (string | undefined)[] = page.split("\n");
  for (const { span } of away) lines.fill(undefined, span.start.line - 1, span.end.line);
  return {
    ...{ step: step.id, role, change: "removed" as const, line: fence.span.start.line },
    words: role === "step" ? "the step is away" : `its ${role} is away`,
    page: lines.filter((line) => line !== undefined).join("\n"),
  };
}

function withoutLines(page: string, { id: step }: Step, { role, fence, shell }: Part): Mutant[] {
  const texts = fence.text.split("\n");
  if (texts.filter(says).length < 2) return [];
  return texts.flatMap((text, index) => {
    const place = fence.lines[index];
    const rest = texts.toSpliced(index, 1).join("\n");
    if (!place || !says(text) || (shell && readShell(rest).errors.length > 0)) return [];
    const lines = page.split("\n").toSpliced(place.line - 1, 1);
    const words = `a line is away: ${text.trim()}`;
    return [{ step, role, change: "line" as const, line: place.line, words, page: lines.join("\n") }];
  });
}

/** Whether a line has a command. */
function says(line: string): boolean {
  return /^\s*[^\s#]/.test(line);
}

/** What of a line is a value, the surest first: a number, a path, a quoted text, what stands behind an equals sign. */
const VALUES: readonly (readonly [pattern: RegExp, put: (value: string) => string])[] = [
  [/(?<![\w$.{-])\d+(?![\w.])/, (value) => String(Number(value) + 1)],
  [/(?<=[\s="'])\/(?:[\w.-]+\/)*[\w.-]+/, (value) => `${value}-other`],
  [/(?<==\s*)[A-Za-z][\w-]+/, (value) => `${value}x`],
  [/(?<=[\s'"])[a-z][a-z-]{3,}(?=['"\s]|$)/, (value) => `${value}x`],
];

/** The first value of a line. */
function otherValue(page: string, { id: step }: Step, { role, fence, shell }: Part): Mutant[] {
  const texts = fence.text.split("\n");
  for (const [pattern, put] of VALUES) {
    for (const [index, text] of texts.entries()) {
      const place = fence.lines[index];
      // A word at a line's beginning is a command, and one that there is none of is no fine fault.
      const from =
        text.length - text.trimStart().length + (shell ? (/^\s*[\w-]+/.exec(text)?.[0].trim().length ?? 0) : 0);
      const found = says(text) ? pattern.exec(text.slice(from)) : null;
      if (!place || !found) continue;
      const at = place.column - 1 + from + found.index;
      const lines = page.split("\n");
      const line = lines[place.line - 1] ?? "";
      const [value] = found;
      if (!line.startsWith(value, at)) continue;
      lines[place.line - 1] = line.slice(0, at) + put(value) + line.slice(at + value.length);
      const words = `${value} is ${put(value)}: ${text.trim()}`;
      return [{ step, role, change: "value", line: place.line, words, page: lines.join("\n") }];
    }
  }
  return [];
}
