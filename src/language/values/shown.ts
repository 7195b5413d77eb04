import type { Fence, Step } from "../model/runbook.ts";
import { contentOf, copiedFile, copiedTemplate } from "./copied.ts";
import { fillTemplate, type Piece } from "./fill.ts";
import { substitute } from "./substitute.ts";
import { shellTemplate } from "./template.ts";

type Values = ReadonlyMap<string, string>;

/** A step's text as it is shown for some values: in place where that is exact; of a file, its content. */
export function shownText(step: Step, values: Values): string {
  return shownPieces(step, values)
    .map(({ text }) => text)
    .join("");
}

/** The same in pieces, each value apart, so that it can be marked. */
export function shownPieces(step: Step, values: Values): Piece[] {
  return step.file
    ? [{ text: substitute(step.fence.text, values) }]
    : fillTemplate(shellTemplate(step.fence.text), values);
}

/** The text that a reader copies: it does the same wherever it is pasted, with nothing set before. */
export function copiedText(step: Step, values: Values): string {
  return step.file ? copiedFile(step.file, step.fence.text, values) : copiedShell(step.fence, values);
}

/** The same for a shell fence that belongs to a step. */
export function copiedShell(fence: Fence, values: Values): string {
  return copiedTemplate(shellTemplate(fence.text), values);
}

/** The bytes that a file step gives its file: the fence's lines, each with its end. */
export function fileContent(step: Step, values: Values): string {
  return contentOf(step.fence.text, values);
}
