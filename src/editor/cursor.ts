import type { Position } from "vscode-languageserver/node.js";
import { pageLines } from "../language/read/fence/fence.ts";

/** The text of a page around a cursor. */
export interface Cursor {
  /** The line's text before the cursor, and all of it. */
  before: string;
  line: string;
  /** The cursor stands in the frontmatter: the lines between the first `---` and the next. */
  inFrontmatter: boolean;
  /** The keys of the frontmatter's maps around the cursor, the outermost first. */
  path: string[];
}

/** Looks at a page's text around a cursor. */
export function cursorAt(text: string, { line, character }: Position): Cursor {
  const lines = pageLines(text);
  const own = lines[line] ?? "";
  const inFrontmatter = isFrontmatter(lines, line);
  return {
    before: own.slice(0, character),
    line: own,
    inFrontmatter,
    path: inFrontmatter ? pathTo(lines, line, character) : [],
  };
}

function isFrontmatter(lines: readonly string[], line: number): boolean {
  if (!/^---[ \t]*$/.test(lines[0] ?? "") || line === 0) return false;
  const end = lines.findIndex((text, index) => index > 0 && /^---[ \t]*$/.test(text));
  return end === -1 || line < end;
}

/** The keys that stand above a line with less and less indentation; in a map in braces, the key before the braces too. */
function pathTo(lines: readonly string[], line: number, character: number): string[] {
  const own = (lines[line] ?? "").slice(0, character);
  const inline = /^(\s*)([\w-]+):\s*[[{]/.exec(own);
  const path = inline?.[2] ? [inline[2]] : [];
  let indent = /^\s*/.exec(own)?.[0].length ?? 0;
  for (let above = line - 1; above > 0 && indent > 0; above -= 1) {
    const [, space = "", key] = /^(\s*)([\w-]+):\s*$/.exec(lines[above] ?? "") ?? [];
    if (key === undefined || space.length >= indent) continue;
    indent = space.length;
    path.unshift(key);
  }
  return path;
}

/** The opening line of a fence, as it is typed: what stands behind the marks up to the cursor. */
export function infoBefore(before: string): string | undefined {
  return /^(?:[ \t>]|[-*+] |\d+[.)] )*(?:`{3,}|~{3,})[ \t]*([^`]*)$/.exec(before)?.[1];
}

/** The word of letters, digits and `_ -` around a column, with its place in the line. */
export function wordAt(line: string, character: number): { word: string; from: number; to: number } | undefined {
  for (const { 0: word, index } of line.matchAll(/[\w-]+/g)) {
    if (index <= character && character <= index + word.length) return { word, from: index, to: index + word.length };
  }
  return undefined;
}

/** The name of the `$NAME` or `${NAME…}` around a column. */
export function variableAt(line: string, character: number): { name: string; from: number; to: number } | undefined {
  for (const { 0: text, 1: name = "", index } of line.matchAll(/\$\{?[#!]?([A-Za-z_]\w*)/g)) {
    if (index <= character && character <= index + text.length) return { name, from: index, to: index + text.length };
  }
  return undefined;
}
