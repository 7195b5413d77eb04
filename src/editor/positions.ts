import type { Position, Range } from "vscode-languageserver/node.js";
import type { Place, Span } from "../language/model/place.ts";

// Editors count lines and columns from 0, pages from 1; both count columns in UTF-16 code units.

/** An editor's range of a span of the page. */
export function rangeOf({ start, end }: Span): Range {
  return { start: positionOf(start), end: positionOf(end) };
}

/** An editor's position of a place in the page. */
export function positionOf({ line, column }: Place): Position {
  return { line: line - 1, character: column - 1 };
}

/** Whether a position lies in a span, its end included: there the cursor stands behind what was typed. */
export function covers({ start, end }: Span, { line, character }: Position): boolean {
  const place = { line: line + 1, column: character + 1 };
  return !(isBefore(place, start) || isBefore(end, place));
}

function isBefore(one: Place, other: Place): boolean {
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}
