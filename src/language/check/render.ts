import type { Diagnostic } from "../model/diagnostic.ts";
import { pageLines } from "../read/fence/fence.ts";

/** How a diagnostic is printed. */
export interface RenderOptions {
  color?: boolean;
  /** Columns of the terminal; longer source lines are cut around the place. */
  width?: number;
}

const COLORS = { error: "31", warning: "33", place: "36", dim: "2", bold: "1" };

/** A diagnostic as compilers print it: what and where, the page's line with the place marked, how to mend it. */
export function renderDiagnostic(
  { code, severity, file, span, message, hint }: Diagnostic,
  sourceText: string,
  { color = false, width = 80 }: RenderOptions = {},
): string {
  const paint = (text: string, kind: keyof typeof COLORS): string => {
    return color ? `\u001b[${COLORS[kind]}m${text}\u001b[0m` : text;
  };
  const { start, end } = span;
  const number = String(start.line);
  const gutter = " ".repeat(number.length);
  const source = pageLines(sourceText.replace(/^\uFEFF/, ""))[start.line - 1] ?? "";
  const until = end.line > start.line ? source.trimEnd().length + 1 : end.column;
  const excerpt = cut(source, start.column, until, Math.max(20, width - gutter.length - 3));
  const lines = [
    `${paint(`${severity}[${code}]`, severity)} ${paint(printable(message), "bold")}`,
    `${gutter}${paint("-->", "place")} ${printable(file)}:${start.line}:${start.column}`,
    `${paint(`${number} |`, "place")} ${excerpt.text}`.trimEnd(),
    `${paint(`${gutter} |`, "place")} ${excerpt.indent}${paint("^".repeat(excerpt.length), severity)}`,
  ];
  if (hint !== undefined) lines.push(`${gutter} ${paint("=", "place")} ${printable(hint)}`);
  return lines.join("\n");
}

interface Excerpt {
  text: string;
  indent: string;
  length: number;
}

/** The part of a line around a place that fits, with the blanks and marks that stand under it. */
function cut(line: string, column: number, until: number, room: number): Excerpt {
  const from = Math.min(column - 1, line.length);
  const to = Math.max(from, Math.min(until - 1, line.length));
  const before = printable(line.slice(0, from));
  const marked = printable(line.slice(from, to));
  const after = printable(line.slice(to));
  const whole = before + marked + after;
  const widthBefore = columns(before);
  if (columns(whole) <= room) {
    return { text: whole, indent: " ".repeat(widthBefore), length: Math.max(1, columns(marked)) };
  }
  // Keep some of what stands before, and as much of the rest as fits.
  const kept = before.length > room / 3 ? `…${before.slice(-Math.floor(room / 3))}` : before;
  const rest = (marked + after).slice(0, Math.max(1, room - columns(kept) - 1));
  const text = kept + rest + (rest.length < (marked + after).length ? "…" : "");
  const length = Math.max(1, Math.min(columns(marked), columns(rest)));
  return { text, indent: " ".repeat(columns(kept)), length };
}

// A page's control characters must not reach a terminal; a tab would move the marks.
function printable(text: string): string {
  return text.replace(/\t/g, " ").replace(/\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}

// Wide characters take two columns, combining ones none.
function columns(text: string): number {
  let sum = 0;
  for (const character of text) sum += /\p{Mark}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return sum;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
