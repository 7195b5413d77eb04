import { expandTabs } from "./clean.ts";
import type { Mark, Style } from "./style.ts";
import { cut, widthOf } from "./width.ts";

/** A place in a page's text, and how much of the page is shown around it. */
export interface ExcerptOptions {
  text: string;
  line: number;
  column: number;
  /** The column behind the place's end; absent where only its beginning is known. */
  endColumn?: number;
  /** Lines before and behind. */
  around?: number;
  /** Columns that the excerpt may take. */
  columns: number;
  style: Style;
  /** The style of the mark. */
  mark?: Mark;
}

/** The numbered lines of a page around a place, with the place marked under its line. */
export function excerpt(options: ExcerptOptions): string[] {
  const { text, line, column, endColumn = column + 1, around = 2, columns, style, mark = "red" } = options;
  const lines = linesOf(text);
  if (line < 1 || line > lines.length) return [];
  const first = Math.max(1, line - around);
  const last = Math.min(lines.length, line + around);
  const gutter = String(last).length;
  const room = Math.max(20, columns - gutter - 3);
  return lines.slice(first - 1, last).flatMap((source, index) => {
    const margin = `${String(first + index).padStart(gutter)} |`;
    if (first + index !== line) return [style("dim", `${margin} ${cut(shownSource(source), room)}`.trimEnd())];
    const { shown, before, marked } = part(source, { column, endColumn, room });
    return [
      `${style("bold", margin)} ${shown}`.trimEnd(),
      `${" ".repeat(gutter)} ${style("bold", "|")} ${" ".repeat(before)}${style(mark, "^".repeat(marked))}`,
    ];
  });
}

function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
}

/** The part of a line that has room, and how many columns of it stand before a place and in it. */
function part(
  source: string,
  { column, endColumn, room }: { column: number; endColumn: number; room: number },
): { shown: string; before: number; marked: number } {
  const whole = shownSource(source);
  const start = shownSource(source.slice(0, column - 1)).length;
  const end = Math.max(start, shownSource(source.slice(0, endColumn - 1)).length);
  // A third of the room keeps what stands before the place.
  const isCut = widthOf(whole) > room && widthOf(whole.slice(0, end)) > room - 1;
  const from = isCut ? Math.max(0, start - Math.floor(room / 3)) : 0;
  const ellipsis = from > 0 ? "…" : "";
  const shown = cut(ellipsis + whole.slice(from), room);
  const before = widthOf(ellipsis + whole.slice(from, start));
  return { shown, before, marked: Math.max(1, Math.min(widthOf(whole.slice(start, end)), widthOf(shown) - before)) };
}

/** A line of a page as a terminal can show it. Its control characters belong to the source, so they stay visible. */
function shownSource(line: string): string {
  return expandTabs(line).replace(/\p{Cc}|[\u2028-\u202e\u2066-\u2069]/gu, "\ufffd");
}
