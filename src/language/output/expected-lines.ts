import { type Part, parseExpectedLine } from "./line.ts";
import { lineAsShown } from "./line-as-shown.ts";

/** A line that a step is to print. */
export interface ExpectedLine {
  /** What it is made of; `lines` for a line `…`, which stands for any lines. */
  parts: readonly Part[] | "lines";
  /** The page's line, as it is written. */
  text: string;
  /** That line's number in the expected text, from 1: a value of several lines makes several of one. */
  line: number;
}

/** The lines of an expected text. White space at their ends and empty lines at the end do not count, where a value holds them either. */
export function expectedLines(expected: string, values: ReadonlyMap<string, string>): ExpectedLine[] {
  const lines = expected.split(/\r?\n/).flatMap((written, index): ExpectedLine[] => {
    const text = lineAsShown(written).trimEnd();
    const line = index + 1;
    if (text.trim() === "…") return [{ parts: "lines", text, line }];
    return divided(parseExpectedLine(text, values)).map((parts) => ({ parts: trimmed(parts), text, line }));
  });
  while (lines.at(-1)?.parts.length === 0) lines.pop();
  return lines;
}

/** Parts, divided at the line feeds that values brought in. */
function divided(parts: readonly Part[]): Part[][] {
  const lines: Part[][] = [[]];
  for (const part of parts) {
    if (part === "any" || "class" in part) {
      lines.at(-1)?.push(part);
      continue;
    }
    for (const [index, literal] of part.literal.split("\n").entries()) {
      if (index > 0) lines.push([]);
      if (literal !== "") lines.at(-1)?.push({ literal });
    }
  }
  return lines;
}

function trimmed(parts: readonly Part[]): readonly Part[] {
  const last = parts.at(-1);
  if (last === undefined || last === "any" || "class" in last) return parts;
  const literal = last.literal.trimEnd();
  return [...parts.slice(0, -1), ...(literal === "" ? [] : [{ literal }])];
}
