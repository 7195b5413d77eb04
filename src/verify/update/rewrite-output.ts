import type { Fence } from "../../language/model/runbook.ts";
import { type Machine, sanitise } from "../evidence/sanitise.ts";

/**
 * The page's text with other lines in an `output` fence, and every other byte as it was. What Markdown strips before a line
 * (indentation, the mark of a quote) stands before each new line, too.
 */
export function rewriteOutput(page: string, fence: Fence, printed: string): string {
  const lines = page.split("\n");
  const { start, end } = fence.span;
  const first = lines[start.line] ?? "";
  const carriage = (lines[start.line - 1] ?? "").endsWith("\r") ? "\r" : "";
  const place = fence.text === "" ? undefined : fence.lines[0];
  const prefix = place ? first.slice(0, place.column - 1) : (lines[start.line - 1] ?? "").slice(0, start.column - 1);
  const fresh = linesOf(printed).map((line) => `${line === "" ? prefix.trimEnd() : prefix + line}${carriage}`);
  return [...lines.slice(0, start.line), ...fresh, ...lines.slice(end.line - 1)].join("\n");
}

/** What a step printed, as a page may expect it: with matchers for what is another each time, and nothing of a machine. */
export function expectedOutput(printed: string, machine: Machine): string {
  return sanitise(printed, machine).replaceAll(/<(key|hash)>/g, "…");
}

/** The lines of a text, without what ends them or stands invisible at their ends, and without empty ones at the end. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  while (lines.length > 0 && lines.at(-1) === "") lines.pop();
  return lines;
}
