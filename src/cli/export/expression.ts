/** What each escape for a class of characters is in a bracket expression. */
const CLASSES: Readonly<Record<string, string>> = { d: "0-9", w: "A-Za-z0-9_", s: "[:space:]" };
const SPECIAL = new Set("^$.*+?()[]{}|\\");

/**
 * A parameter's pattern as a POSIX extended regular expression for the whole value; undefined where it has
 * something that those don't have, such as a look-ahead.
 */
export function toPosixExpression(pattern: string): string | undefined {
  let result = "";
  let index = 0;
  while (index < pattern.length) {
    const rest = pattern.slice(index);
    const [source, converted] = group(rest) ?? bracket(rest) ?? escaped(rest) ?? quantifier(rest) ?? plain(rest);
    if (converted === undefined) return undefined;
    result += converted;
    index += source.length;
  }
  return `^(${result})$`;
}

type Converted = readonly [source: string, converted: string | undefined];

function group(rest: string): Converted | undefined {
  if (!rest.startsWith("(?")) return undefined;
  return rest.startsWith("(?:") ? ["(?:", "("] : ["(?", undefined];
}

function quantifier(rest: string): Converted | undefined {
  const [source, greedy] = /^([*+?]|\{\d+(?:,\d*)?\})\??/.exec(rest) ?? [];
  // Lazy or greedy makes no difference for the whole value.
  return source === undefined ? undefined : [source, greedy];
}

function escaped(rest: string): Converted | undefined {
  if (!rest.startsWith("\\")) return undefined;
  const character = rest[1] ?? "";
  const members = CLASSES[character.toLowerCase()];
  if (members) return [rest.slice(0, 2), character === character.toLowerCase() ? `[${members}]` : `[^${members}]`];
  if (character === "t") return [rest.slice(0, 2), "\t"];
  if (/[A-Za-z0-9]/.test(character)) return [rest.slice(0, 2), undefined];
  return [rest.slice(0, 2), SPECIAL.has(character) ? `\\${character}` : character];
}

function plain(rest: string): Converted {
  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  return [character, character];
}

/** In a POSIX bracket nothing is escaped: what is special has its own place instead. */
function bracket(rest: string): Converted | undefined {
  const [source, negated = "", body = ""] = /^\[(\^?)((?:[^\]\\]|\\[\s\S])*)\]/.exec(rest) ?? [];
  if (source === undefined) return rest.startsWith("[") ? ["[", undefined] : undefined;
  let [members, first, last] = ["", "", ""];
  const tokens = body.match(/\\[\s\S]|[^\\]/gu) ?? [];
  for (const [index, token] of tokens.entries()) {
    const character = token.startsWith("\\") ? token.slice(1) : token;
    const isRange = token === "-" && index > 0 && index < tokens.length - 1;
    if (token.startsWith("\\") && /[A-Za-z0-9]/.test(character)) {
      const known = CLASSES[character];
      if (known === undefined) return [source, undefined];
      members += known;
    } else if (isRange) {
      // A range to or from what has its own place can't be written, and C.UTF-8 orders ASCII only.
      if (/[\]^[\\-]|[^ -~]/.test(`${tokens[index - 1]}${tokens[index + 1]}`)) return [source, undefined];
      members += "-";
    } else if (character === "]") first = "]";
    else if (character === "-" || character === "^") last = character === "-" ? `${last}-` : `^${last}`;
    else if (character === "[") last = `[${last}`;
    else members += character;
  }
  const inside = first + members + last;
  // `^` alone would negate, `[.`, `[:` and `[=` begin something else, and an empty bracket is none.
  if (inside === "" || (negated === "" && inside.startsWith("^")) || /\[[.:=](?!space:\])/.test(inside))
    return [source, undefined];
  return [source, `[${negated}${inside}]`];
}
