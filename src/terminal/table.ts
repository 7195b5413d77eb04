import { cut, pad, widthOf } from "./width.ts";

/** Rows of cells as aligned lines; the last column is cut to fit where a width is given. */
export function table(rows: readonly (readonly string[])[], columns = Number.POSITIVE_INFINITY): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
  }
  return rows.map((row) => {
    const line = row.map((cell, index) => (index === row.length - 1 ? cell : pad(cell, widths[index] ?? 0))).join("  ");
    return cut(line, columns).trimEnd();
  });
}
