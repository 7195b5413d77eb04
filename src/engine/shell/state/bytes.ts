/**
 * What a shell holds is bytes, which need not be UTF-8. Here a text of a shell is a string with a character a byte
 * (Latin-1), so that nothing of it is lost; `textOf` leads to ordinary strings.
 */
const simple: Record<string, number> = { n: 10, t: 9, r: 13, a: 7, b: 8, e: 27, E: 27, f: 12, v: 11 };

/** The ordinary string of a shell's bytes. */
export const textOf = (bytes: string): string => Buffer.from(bytes, "latin1").toString("utf8");

/** The bytes of an ordinary string. */
export const bytesOf = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

/** Reads the word of a bash (`printf %q`, a value of `declare -p`) at a place; undefined where none begins or it is cut. */
export function readWord(text: string, at: number): { value: string; end: number } | undefined {
  let value = "";
  let place = at;
  while (place < text.length && !/[\s()]/.test(text[place] as string)) {
    const char = text[place] as string;
    const part =
      char === "'"
        ? singleQuoted(text, place + 1)
        : char === '"'
          ? doubleQuoted(text, place + 1)
          : char === "$" && text[place + 1] === "'"
            ? ansiQuoted(text, place + 2)
            : char === "\\"
              ? place + 1 < text.length && { value: text[place + 1] as string, end: place + 2 }
              : { value: char, end: place + 1 };
    if (!part) return undefined;
    value += part.value;
    place = part.end;
  }
  return place === at ? undefined : { value, end: place };
}

/** Reads words that blanks divide. Undefined where there is anything else. */
export function readWords(text: string): string[] | undefined {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === " ") {
      at += 1;
      continue;
    }
    const word = readWord(text, at);
    if (!word) return undefined;
    words.push(word.value);
    at = word.end;
  }
  return words;
}

interface Part {
  value: string;
  /** The place behind the closing quote. */
  end: number;
}

function singleQuoted(text: string, at: number): Part | undefined {
  const end = text.indexOf("'", at);
  return end < 0 ? undefined : { value: text.slice(at, end), end: end + 1 };
}

function doubleQuoted(text: string, at: number): Part | undefined {
  let value = "";
  for (let place = at; place < text.length; place += 1) {
    const char = text[place] as string;
    if (char === '"') return { value, end: place + 1 };
    if (char === "\\" && /["$`\\]/.test(text[place + 1] ?? "")) place += 1;
    value += text[place];
  }
  return undefined;
}

function ansiQuoted(text: string, at: number): Part | undefined {
  let value = "";
  let place = at;
  while (place < text.length) {
    const char = text[place] as string;
    if (char === "'") return { value, end: place + 1 };
    if (char !== "\\") {
      value += char;
      place += 1;
      continue;
    }
    const octal = /^[0-7]{1,3}/.exec(text.slice(place + 1, place + 4))?.[0];
    if (octal) {
      value += String.fromCharCode(Number.parseInt(octal, 8) & 255);
      place += 1 + octal.length;
      continue;
    }
    const next = text[place + 1];
    if (next === undefined) return undefined;
    value += next in simple ? String.fromCharCode(simple[next] as number) : next;
    place += 2;
  }
  return undefined;
}

/** Bytes as one word of a bash, in printable ASCII alone. */
export function quoteBytes(bytes: string): string {
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(bytes)) return bytes;
  if (/^[\x20-\x7e]*$/.test(bytes) && !/['\\]/.test(bytes)) return `'${bytes}'`;
  const escaped = bytes.replace(/[^\x20-\x7e]|['\\]/g, (char) =>
    char === "'" || char === "\\" ? `\\${char}` : `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
  return `$'${escaped}'`;
}
