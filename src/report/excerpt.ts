import { cleanLine } from "../terminal/clean.ts";
import type { Style } from "../terminal/style.ts";
import { cut, widthOf } from "../terminal/width.ts";

/** A place in a page's text, and how much of the page is shown around it. */
export interface ExcerptOptions {
  text: string;
  line: number;
  column: number;
  /** Lines before and behind. */
  around?: number;
  columns: number;
  style: Style;
}

/** The lines of a page around a place, numbered, with the column marked under its line. */
export function excerpt({ text, line, column, around = 2, columns, style }: ExcerptOptions): string[] {
  const lines = text.split(/\r\n|\n/);
  if (line < 1 || line > lines.length) return [];
  const first = Math.max(1, line - around);
  const last = Math.min(lines.length, line + around);
  const gutter = String(last).length;
  const room = Math.max(20, columns - gutter - 3);
  const result: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const source = lines[number - 1] ?? "";
    const margin = `${String(number).padStart(gutter)} |`;
    if (number !== line) {
      result.push(style("dim", `${margin} ${cut(cleanLine(source), room)}`.trimEnd()));
      continue;
    }
    const { shown, offset } = window(source, column, room);
    result.push(`${style("bold", margin)} ${shown}`.trimEnd());
    result.push(`${" ".repeat(gutter)} ${style("bold", "|")} ${" ".repeat(offset)}${style("red", "^")}`);
  }
  return result;
}

/** The part of a long line that holds the place. */
function window(source: string, column: number, room: number): { shown: string; offset: number } {
  const before = cleanLine(source.slice(0, column - 1));
  const whole = cleanLine(source);
  const offset = widthOf(before);
  if (offset < room - 8) return { shown: cut(whole, room), offset };
  const start = Math.max(0, before.length - Math.floor(room / 2));
  return { shown: cut(`…${whole.slice(start)}`, room), offset: widthOf(before.slice(start)) + 1 };
}
