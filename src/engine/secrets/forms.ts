import { base64Forms } from "./base64.ts";

/**
 * One form of a secret as it may stand in text: a sequence of units, each with the ways in which
 * it may be written. Tools differ in which characters they quote, so any mixture counts.
 */
export type Form = string[][];

/** Below this a part of a secret is taken for ordinary text. */
const shortest = 6;

/** Every form in which a secret is looked for: plain, quoted, escaped, URL-encoded, and in base64. */
export function formsOf(secret: string): Form[] {
  return partsOf(secret).flatMap((part) => [Array.from(part, waysToWrite), ...base64Forms(part)]);
}

/** The secret, and its lines: tools strip white space at the ends and show text line by line. */
function partsOf(secret: string): string[] {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  const parts = [secret, secret.trim(), ...lines].filter((part) => part.length >= shortest);
  return [...new Set(parts.length > 0 ? parts : [secret])].filter((part) => part !== "");
}

/** What programs write for certain characters, beside the general ways. */
const special: Record<string, string[]> = {
  " ": ["+"], // forms in URLs
  "\n": ["\\n", "\r\n", "%0D%0A", "%0d%0a"],
  "\r": ["\\r"],
  "\t": ["\\t"],
  "\v": ["\\v"],
  "\f": ["\\f"],
  "\b": ["\\b"],
  "\x07": ["\\a"],
  "\x1b": ["\\e", "\\E"],
  "'": ["'\\''", `'"'"'`],
};

/** How a character may be written: as it is, behind a backslash, or by its code in shell, JSON and URLs. */
function waysToWrite(character: string): string[] {
  const bytes = [...Buffer.from(character)];
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  const point = character.codePointAt(0) ?? 0;
  const byCode = [
    bytes.map((byte) => `%${hex(byte, 2)}`).join(""),
    bytes.map((byte) => `\\x${hex(byte, 2)}`).join(""),
    units.map((unit) => `\\u${hex(unit, 4)}`).join(""),
    `\\U${hex(point, 8)}`,
  ];
  const ways = [
    ...[character, `\\${character}`, ...(special[character] ?? [])],
    ...[...byCode, ...byCode.map(upperDigits)],
    bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join(""),
  ];
  return [...new Set(ways)];
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

function upperDigits(text: string): string {
  return text.replace(/(?<=[%xuU])[0-9a-f]+/g, (digits) => digits.toUpperCase());
}
