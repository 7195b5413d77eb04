import type { Span } from "../model/place.ts";
import { pageLines, readFence } from "../read/fence/fence.ts";
import { walk } from "../read/walk.ts";
import { readShell } from "../shell/analyse.ts";
import { applyEdits, type Edit, lineEndOf, offsetsIn } from "./edit.ts";
import type { Node } from "./outline.ts";

/** An indented block of a page. */
export interface Indented {
  span: Span;
  /** The fence's opening line without its marks; absent where the block can't become a fence, with the reason. */
  language?: string;
  reason: string;
}

/** The indented blocks of a page that may be shell, in order. */
export function indentedBlocks(tree: unknown, text: string): Indented[] {
  const lines = pageLines(text.replace(/^\uFEFF/, ""));
  const blocks: Indented[] = [];
  walk<Node>(tree as Node, (node) => {
    const { type, value = "", position } = node;
    if (type !== "code" || !position || readFence({ type, value, position }, lines)) return;
    const before = (lines[position.start.line - 1] ?? "").slice(0, position.start.column - 1);
    blocks.push({ span: position, ...judge(value, before) });
  });
  return blocks;
}

function judge(value: string, before: string): Pick<Indented, "language" | "reason"> {
  if (!/^[ \t>]*$/.test(before)) return { reason: "It stands directly behind the mark of a list." };
  if (/^\$ \S/m.test(value)) return { language: "console", reason: "" };
  const [error] = readShell(value).errors;
  return error ? { reason: `It is no shell: ${error.message}.` } : { language: "sh", reason: "" };
}

/** The page's text with its indented blocks as fences: their lines lose four columns, and get a line above and below. */
export function fenceIndented(text: string, blocks: readonly Indented[]): string {
  const offset = offsetsIn(text);
  const end = lineEndOf(text);
  const lines = pageLines(text.replace(/^\uFEFF/, ""));
  const edits = blocks.flatMap(({ span, language }): Edit[] => {
    if (language === undefined) return [];
    const { start } = span;
    const prefix = (lines[start.line - 1] ?? "").slice(0, start.column - 1);
    const own = lines.slice(start.line - 1, span.end.line);
    const marks = "`".repeat(
      Math.max(3, ...own.flatMap((line) => [...line.matchAll(/`{3,}/g)].map(([run]) => run.length + 1))),
    );
    const lastLine = { line: span.end.line, column: (lines[span.end.line - 1] ?? "").length + 1 };
    return [
      ...insertion(offset({ line: start.line, column: 1 }), `${prefix}${marks}${language}${end}`),
      ...own.flatMap((line, index) =>
        unindent(line, start.column - 1, offset({ line: start.line + index, column: 1 })),
      ),
      ...insertion(offset(lastLine), `${end}${prefix}${marks}`),
    ];
  });
  return applyEdits(text, edits);
}

function insertion(at: number, text: string): Edit[] {
  return [{ from: at, to: at, text }];
}

/** Takes the four columns away that make a line code; a tab reaches to the next of them. */
function unindent(line: string, column: number, start: number): Edit[] {
  const indent = /^(?: {4}| {0,3}\t|[ \t]+$)/.exec(line.slice(column))?.[0] ?? "";
  return indent === "" ? [] : [{ from: start + column, to: start + column + indent.length, text: "" }];
}
