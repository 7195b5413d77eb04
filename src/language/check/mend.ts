import type { Diagnostic, Mend } from "../model/diagnostic.ts";
import type { Place } from "../model/place.ts";

/** A page's text with every safe mend of its diagnostics made; where two overlap, the first is. */
export function mendText(text: string, diagnostics: readonly Diagnostic[]): string {
  const starts = lineStarts(text);
  const offset = ({ line, column }: Place): number => (starts[line - 1] ?? text.length) + column - 1;
  const mends = diagnostics
    .map(({ mend }) => mend)
    .filter((mend): mend is Mend => mend !== undefined)
    .map(({ span, text: replacement }) => ({ from: offset(span.start), to: offset(span.end), replacement }))
    .sort((a, b) => a.from - b.from);
  let mended = "";
  let done = 0;
  for (const { from, to, replacement } of mends) {
    if (from < done) continue;
    mended += text.slice(done, from) + replacement;
    done = to;
  }
  return mended + text.slice(done);
}

function lineStarts(text: string): number[] {
  // A byte order mark has no column.
  const starts = [text.startsWith("\uFEFF") ? 1 : 0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}
