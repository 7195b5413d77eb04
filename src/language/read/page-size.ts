import { maxPageBytes, maxPageDepth } from "../limits.ts";

/** A page is longer, or nested deeper, than pages may be. */
export class TooLargeError extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** Throws where a page would take its parsers too long; it is read once, from its first line to its last. */
export function checkSize(source: string): void {
  if (Buffer.byteLength(source) > maxPageBytes) {
    throw new TooLargeError(`The page is longer than ${maxPageBytes / 1024} KiB.`, 1);
  }
  for (const [index, line] of source.split("\n").entries()) {
    if (depthOf(line) > maxPageDepth)
      throw new TooLargeError(`Lists and quotes stand in each other more than ${maxPageDepth} deep.`, index + 1);
  }
}

/** The most lists and quotes that a line may stand in: each needs a mark on the line, or two columns of indentation. */
function depthOf(line: string): number {
  const before = /^(?:[ \t]|>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/.exec(line)?.[0] ?? "";
  const marks = before.replace(/[ \t0-9]/g, "").length;
  const indent = /^[ \t]*/.exec(before)?.[0].replaceAll("\t", "    ").length ?? 0;
  return marks === 0 ? 0 : marks + Math.floor(indent / 2);
}
