/** Why a pattern can't be written for Python; thrown inside, since every part may have one. */
class Untranslatable extends Error {}

const SPACE = "\\t\\n\\v\\f\\r \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
/** Escapes for a class of characters: Python's would take other scripts' letters and digits, too. */
const CLASSES: Readonly<Record<string, string>> = { d: "0-9", w: "A-Za-z0-9_", s: SPACE };

type Translated = { expression: string } | { problem: string };

/** A parameter's pattern as a regular expression of Python's for the whole value, with the same meaning. */
export function toPythonExpression(pattern: string): Translated {
  let result = "";
  let rest = pattern;
  try {
    while (rest !== "") {
      const [source, translated] = group(rest) ?? bracket(rest) ?? escaped(rest, false) ?? plain(rest);
      result += translated;
      rest = rest.slice(source.length);
    }
  } catch (error) {
    if (error instanceof Untranslatable) return { problem: error.message };
    throw error;
  }
  return { expression: `(?a:${result})\\Z` };
}

type Piece = readonly [source: string, translated: string];

function group(rest: string): Piece | undefined {
  if (!rest.startsWith("(?")) return undefined;
  const [known] = /^\(\?[:=!]/.exec(rest) ?? [];
  if (known) return [known, known];
  // Nothing refers to a group by its name, since what refers back is refused.
  const [named] = /^\(\?<[\p{L}_$][\p{L}\p{N}_$]*>/u.exec(rest) ?? [];
  if (named) return [named, "("];
  throw new Untranslatable("a look-behind or a group with flags");
}

function plain(rest: string): Piece {
  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  if (character === ".") return [character, "[^\\n\\r\\u2028\\u2029]"];
  // Python's `$` also holds before a last line feed.
  if (character === "$") return [character, "\\Z"];
  return [character, character];
}

function escaped(rest: string, inBracket: boolean): Piece | undefined {
  const [source, character = ""] = /^\\(.)/su.exec(rest) ?? [];
  if (source === undefined) return undefined;
  const members = CLASSES[character.toLowerCase()];
  if (members) {
    const negated = character !== character.toLowerCase();
    if (!inBracket) return [source, `[${negated ? "^" : ""}${members}]`];
    if (negated) throw new Untranslatable(`\\${character} in brackets`);
    return [source, members];
  }
  const [whole, hex = ""] = /^\\(?:x([0-9A-Fa-f]{2})|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]+\})/.exec(rest) ?? [];
  if (whole) return [whole, codePoint(hex || whole.replace(/[^0-9A-Fa-f]/g, ""))];
  if (/[tnvfr]/.test(character)) return [source, source];
  if (/[bB]/.test(character) && !inBracket) return [source, source];
  if (/[1-9k]/.test(character)) throw new Untranslatable("a reference back to a group");
  if (/[A-Za-z0-9]/.test(character)) throw new Untranslatable(source);
  return [source, /[/ ]/.test(character) ? character : source];
}

function codePoint(hex: string): string {
  const number = Number.parseInt(hex, 16);
  if (number >= 0xd800 && number <= 0xdfff) throw new Untranslatable("half of a surrogate pair");
  return `\\U${number.toString(16).padStart(8, "0")}`;
}

function bracket(rest: string): Piece | undefined {
  const [source, negated = "", body = ""] = /^\[(\^?)((?:[^\]\\]|\\[\s\S])*)\]/u.exec(rest) ?? [];
  if (source === undefined) return undefined;
  if (body === "") throw new Untranslatable("empty brackets");
  let inside = "";
  let left = body;
  while (left !== "") {
    const character = String.fromCodePoint(left.codePointAt(0) ?? 0);
    // Python keeps these, doubled, for what brackets may mean one day.
    const own = /[[&|~^]/.test(character) ? `\\${character}` : character;
    const [part, translated] = escaped(left, true) ?? [character, own];
    inside += translated;
    left = left.slice(part.length);
  }
  return [source, `[${negated}${inside}]`];
}
