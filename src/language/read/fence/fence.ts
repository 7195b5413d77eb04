import type { Place, Span } from "../../model/place.ts";
import type { Fence } from "../../model/runbook.ts";

/** The parts of Markdown's `code` node that are read here. */
export interface CodeNode {
  type: "code";
  lang?: string | null | undefined;
  meta?: string | null | undefined;
  value: string;
  position?: { start: Place; end: Place } | undefined;
  data?: unknown;
}

/** A fence as it stands in the page. */
export interface RawFence extends Fence {
  /** The info string as written, before Markdown decodes it, and where it begins. */
  info: string;
  infoPlace: Place;
  /** Its opening backticks or tildes. */
  marks: string;
  closed: boolean;
}

/** A page's lines, without their ends, whatever these are. */
export function pageLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** A `code` node as a fence with places, or undefined where it is indented code, not a fence. */
export function readFence(node: CodeNode, lines: readonly string[]): RawFence | undefined {
  const span = node.position && { start: place(node.position.start), end: place(node.position.end) };
  if (!span) return undefined;
  const text = node.value.replace(/\r\n?/g, "\n");
  const source = lines[span.start.line - 1];
  if (!source) return node.lang ? withoutSource(node, text, span) : undefined;
  const opening = source.slice(span.start.column - 1);
  const marker = /^(`{3,}|~{3,})[ \t]*/.exec(opening);
  if (!marker?.[1]) return undefined;
  return {
    language: node.lang ?? "",
    text,
    span,
    lines: textPlaces(text, span, lines),
    info: opening.slice(marker[0].length).trimEnd(),
    infoPlace: { line: span.start.line, column: span.start.column + marker[0].length },
    marks: marker[1],
    closed: isClosed(marker[1], span, lines),
  };
}

/** A pipeline may run on a tree without its text: then places are as good as the node's own. */
function withoutSource({ lang, meta }: CodeNode, text: string, span: Span): RawFence {
  const { line, column } = span.start;
  return {
    language: lang ?? "",
    text,
    span,
    lines: text.split("\n").map((_, index) => ({ line: line + 1 + index, column })),
    info: [lang, meta].filter(Boolean).join(" "),
    infoPlace: { line, column: column + 3 },
    marks: "```",
    closed: true,
  };
}

/**
 * A fence's text with an empty line for each line of the page that lies between its own (what a session prints),
 * so that a shell that counts lines counts the page's.
 */
export function placedText({ text, lines }: Fence): string {
  return text
    .split("\n")
    .map((line, index) => {
      const [before, here] = [lines[index - 1]?.line, lines[index]?.line];
      const between = before === undefined || here === undefined ? 0 : here - before - 1;
      return "\n".repeat(Math.max(0, between)) + line;
    })
    .join("\n");
}

/** The page's place of a line and column (from 1) in a fence's text. */
export function placeInFence(fence: Fence, line: number, column: number): Place {
  const index = Math.min(Math.max(line, 1), fence.lines.length) - 1;
  const start = fence.lines[index] ?? fence.span.start;
  return { line: start.line, column: start.column + Math.max(column, 1) - 1 };
}

/** The page's place of an offset into a fence's text. */
export function placeOfOffset(fence: Fence, offset: number): Place {
  const before = fence.text.slice(0, offset);
  const line = before.split("\n").length;
  return placeInFence(fence, line, offset - before.lastIndexOf("\n"));
}

/** The page's span of a stretch of a fence's text; never an empty span, because a report underlines it. */
export function spanInFence(fence: Fence, from: number, to: number): Span {
  return { start: placeOfOffset(fence, from), end: placeOfOffset(fence, Math.max(to, from + 1)) };
}

/** A text's line is what is left of the page's line after Markdown stripped its prefix: they share their end. */
function textPlaces(text: string, span: Span, lines: readonly string[]): Place[] {
  return text.split("\n").map((line, index) => {
    const number = Math.min(span.start.line + 1 + index, span.end.line);
    const source = lines[number - 1] ?? "";
    return { line: number, column: source.length - sharedEnd(source, line) + 1 };
  });
}

// Not all of the line where a tab of the page became spaces, nor where it holds U+0000.
function sharedEnd(source: string, line: string): number {
  if (source.endsWith(line)) return line.length;
  let length = 0;
  while (length < line.length && source.at(-1 - length) === line.at(-1 - length)) length++;
  return length;
}

function isClosed(marker: string, span: Span, lines: readonly string[]): boolean {
  if (span.end.line === span.start.line) return false;
  const last = (lines[span.end.line - 1] ?? "").slice(0, span.end.column - 1);
  const closing = /(`{3,}|~{3,})[ \t]*$/.exec(last)?.[1];
  if (!closing || closing[0] !== marker[0] || closing.length < marker.length) return false;
  return /^[ \t>]*$/.test(last.slice(0, last.lastIndexOf(closing)));
}

function place({ line, column }: Place): Place {
  return { line, column };
}
