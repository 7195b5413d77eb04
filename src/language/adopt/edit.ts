import type { Place } from "../model/place.ts";

/** A replacement in a text; with `from` equal to `to`, an insertion. */
export interface Edit {
  from: number;
  to: number;
  text: string;
}

/** The text with all edits made; everything between them stays as it is, byte for byte. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let done = 0;
  for (const { from, to, text: replacement } of edits.toSorted((a, b) => a.from - b.from)) {
    result += text.slice(done, from) + replacement;
    done = to;
  }
  return result + text.slice(done);
}

/** Gives the offset of a place, whatever a page's line ends are; a byte order mark has no column. */
export function offsetsIn(text: string): (place: Place) => number {
  const starts = [text.startsWith("\uFEFF") ? 1 : 0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return ({ line, column }) => (starts[line - 1] ?? text.length) + column - 1;
}

/** The page's line end, for new lines. */
export function lineEndOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
}
