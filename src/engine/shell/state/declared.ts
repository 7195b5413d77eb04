import { readWord } from "./bytes.ts";

/** A variable of a bash as `declare -p` tells it, its bytes a character each. */
export interface Declared {
  name: string;
  /** The letters of its attributes: a, A, i, l, n, r, t, u, c, x. */
  flags: string;
  /** Absent where it is declared and not set. Of an array, its elements by key. */
  value?: string | [key: string, value: string][];
}

const head = /declare -([A-Za-z]+|-) ([A-Za-z_]\w*)/y;

/** Reads what `declare -p` prints. An entry that is none is left out. */
export function readDeclared(text: string): Declared[] {
  const found: Declared[] = [];
  let at = 0;
  while (at < text.length) {
    const entry = readEntry(text, at);
    if (entry) found.push(entry.declared);
    // Behind what can't be read, the next line that begins an entry.
    const next = entry ? entry.end : text.indexOf("\ndeclare -", at) + 1;
    if (next <= at) break;
    at = next;
  }
  return found;
}

function readEntry(text: string, at: number): { declared: Declared; end: number } | undefined {
  head.lastIndex = at;
  const match = head.exec(text);
  if (!match) return undefined;
  const [all, letters = "", name = ""] = match;
  const flags = letters.replace("-", "");
  const declared: Declared = { name, flags };
  let place = at + all.length;
  if (text[place] === "=") {
    place += 1;
    const value = /[aA]/.test(flags) && text[place] === "(" ? readArray(text, place + 1) : readScalar(text, place);
    if (!value) return undefined;
    declared.value = value.value;
    place = value.end;
  }
  if (place < text.length && text[place] !== "\n") return undefined;
  return { declared, end: place + 1 };
}

function readScalar(text: string, at: number): { value: string; end: number } | undefined {
  return text[at] === "\n" || at >= text.length ? { value: "", end: at } : readWord(text, at);
}

/** `[key]="value" … )`: the key of an associative array is a word, with a bracket behind it. */
function readArray(text: string, at: number): { value: [string, string][]; end: number } | undefined {
  const value: [string, string][] = [];
  let place = at;
  for (;;) {
    while (text[place] === " ") place += 1;
    if (text[place] === ")") return { value, end: place + 1 };
    if (text[place] !== "[") return undefined;
    const key = readKey(text, place + 1);
    if (!key || text.slice(key.end, key.end + 2) !== "]=") return undefined;
    const word = readScalarIn(text, key.end + 2);
    if (!word) return undefined;
    value.push([key.value, word.value]);
    place = word.end;
  }
}

function readScalarIn(text: string, at: number): { value: string; end: number } | undefined {
  return text[at] === " " || text[at] === ")" ? { value: "", end: at } : readWord(text, at);
}

function readKey(text: string, at: number): { value: string; end: number } | undefined {
  const char = text[at];
  if (char === '"' || (char === "$" && text[at + 1] === "'")) {
    // Behind the closing quote stands the bracket, which would count as a part of the word.
    const closing = closingQuote(text, char === '"' ? at + 1 : at + 2, char === '"' ? '"' : "'");
    if (closing < 0) return undefined;
    const word = readWord(text.slice(at, closing + 1), 0);
    return word && { value: word.value, end: closing + 1 };
  }
  const end = text.indexOf("]", at);
  return end < 0 ? undefined : { value: text.slice(at, end), end };
}

function closingQuote(text: string, at: number, quote: string): number {
  for (let place = at; place < text.length; place += 1) {
    if (text[place] === "\\") place += 1;
    else if (text[place] === quote) return place;
  }
  return -1;
}
