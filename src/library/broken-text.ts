import type { Place } from "../language/model/place.ts";

/** Where a page stops to be UTF-8. */
export interface BrokenText {
  place: Place;
  /** What stands there, in words. */
  what: string;
}

/** The first place at which bytes are no UTF-8; undefined where all are. */
export function brokenText(bytes: Buffer): BrokenText | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return { place: { line: 1, column: 1 }, what: "UTF-16" };
  if (isWhole(bytes)) return undefined;
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, from);
    const part = bytes.subarray(from, end === -1 ? bytes.length : end);
    if (!isWhole(part)) return inLine(part, line);
    from = end === -1 ? bytes.length : end + 1;
  }
  return undefined;
}

function inLine(part: Buffer, line: number): BrokenText {
  // The longest start that is whole, but for a character that is cut: at most three bytes.
  let [low, high] = [0, part.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isWhole(part.subarray(0, middle), true)) low = middle;
    else high = middle - 1;
  }
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(part.subarray(0, low), { stream: true });
  const byte = (part[Buffer.byteLength(before)] ?? 0).toString(16).toUpperCase().padStart(2, "0");
  return { place: { line, column: before.length + 1 }, what: `the byte 0x${byte}` };
}

function isWhole(bytes: Buffer, stream = false): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}
