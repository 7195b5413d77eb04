import { excerpt } from "../../terminal/excerpt.ts";
import { type Style, unstyled } from "../../terminal/style.ts";
import type { Diagnostic } from "../model/diagnostic.ts";

/** How a diagnostic is printed. */
export interface RenderOptions {
  style?: Style;
  /** Columns of the terminal; longer source lines are cut around the place. */
  columns?: number;
}

const MARKS = { error: "red", warning: "yellow" } as const;

/** A diagnostic as compilers print it: what and where, the page's line with the place marked, how to mend it. */
export function renderDiagnostic(
  { code, severity, file, span: { start, end }, message, hint }: Diagnostic,
  text: string,
  { style = unstyled, columns = 80 }: RenderOptions = {},
): string {
  const gutter = " ".repeat(String(start.line).length);
  const mark = MARKS[severity];
  // Of a span over several lines, the first is marked to its end.
  const endColumn = end.line > start.line ? Number.POSITIVE_INFINITY : end.column;
  const source = excerpt({ text, ...start, endColumn, around: 0, columns, style, mark });
  const lines = [
    `${style(mark, `${severity}[${code}]`)} ${style("bold", printable(message))}`,
    `${gutter}${style("blue", "-->")} ${printable(file)}:${start.line}:${start.column}`,
    // A page that was changed meanwhile may have no such line any more.
    ...(source.length > 0 ? source : [`${start.line} |`, `${gutter} | ${style(mark, "^")}`]),
  ];
  if (hint !== undefined) lines.push(`${gutter} ${style("blue", "=")} ${printable(hint)}`);
  return lines.join("\n");
}

/** A text on one line. Its control characters stay visible, since the page's author has to find them. */
function printable(text: string): string {
  return text.replace(/\t/g, " ").replace(/\p{Cc}|[\u2028-\u202e\u2066-\u2069]/gu, "\ufffd");
}
