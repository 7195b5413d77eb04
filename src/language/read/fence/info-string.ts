import type { FenceAttribute } from "../../model/page.ts";
import type { Place, Span } from "../../model/place.ts";

interface Token {
  key: string;
  value: string;
  quote?: '"' | "'" | "none";
  start: number;
  end: number;
  valueStart: number;
  valueEnd: number;
}

// In this order: what Expressive Code reads as ranges, text or regular expressions holds no pair of ours.
const TOKEN = new RegExp(
  [
    String.raw`(?<key>[A-Za-z_][\w-]*)=(?:"(?<double>(?:\\.|[^"\\])*)"|'(?<single>(?:\\.|[^'\\])*)'|\{[^}]*\}|\/(?:\\.|[^\/\\])+\/(?!\S)|(?<bare>[^\s"'{]\S*|))`,
    String.raw`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\{[^}]*\}|\/(?:\\.|[^\/\\])+\/(?!\S)`,
    String.raw`(?<word>\S+)`,
  ].join("|"),
  "g",
);

/**
 * The pairs of an info string, after its language. `meta` is what Markdown decoded; `info` is what the
 * page holds, from the language on, so that a place means the page's own text.
 */
export function readAttributes(meta: string, info: string, at: Place): FenceAttribute[] {
  const metaStart = /^\S*\s*/.exec(info)?.[0].length ?? 0;
  const map = alignDecoded(info.slice(metaStart), meta);
  const placeAt = (offset: number): Place => {
    return { line: at.line, column: at.column + metaStart + (map[offset] ?? offset) };
  };
  const spanOf = (start: number, end: number): Span => ({ start: placeAt(start), end: placeAt(end) });
  return tokens(meta).map(({ key, value, quote, start, end, valueStart, valueEnd }) => ({
    key,
    value,
    ...(quote && { quote }),
    span: spanOf(start, end),
    valueSpan: spanOf(valueStart, valueEnd),
  }));
}

function tokens(meta: string): Token[] {
  const found: Token[] = [];
  for (const match of meta.matchAll(TOKEN)) {
    const { key, double, single, bare, word } = match.groups ?? {};
    const start = match.index;
    const end = start + match[0].length;
    if (word !== undefined) found.push({ key: word, value: "", start, end, valueStart: start, valueEnd: end });
    if (key === undefined) continue;
    const quoted = double ?? single;
    const valueStart = start + key.length + (quoted === undefined ? 1 : 2);
    const valueEnd = quoted === undefined ? end : end - 1;
    const value = quoted === undefined ? (bare ?? meta.slice(valueStart, end)) : withoutBackslashes(quoted);
    const quote = double !== undefined ? '"' : single !== undefined ? "'" : "none";
    found.push({ key, value, quote, start, end, valueStart, valueEnd });
  }
  return found;
}

/** A backslash that Markdown left before a quote or a backslash keeps that character's own meaning away. */
function withoutBackslashes(text: string): string {
  return text.replace(/\\(["'\\])/g, "$1");
}

/** For each offset into the decoded text, the offset in the text as written. */
function alignDecoded(written: string, decoded: string): number[] {
  const map: number[] = [];
  let from = 0;
  for (let to = 0; to < decoded.length; ) {
    map[to] = from;
    const rest = written.slice(from);
    const entity = /^&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{0,30});/.exec(rest)?.[0];
    if (entity && !decoded.startsWith(entity, to)) {
      from += entity.length;
      to += (decoded.codePointAt(to) ?? 0) > 0xffff ? 2 : 1;
      continue;
    }
    from += /^\\[!-/:-@[-`{-~]/.test(rest) ? 2 : 1;
    to++;
  }
  map[decoded.length] = from;
  return map;
}
