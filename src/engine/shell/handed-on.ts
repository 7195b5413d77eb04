import { quoteBytes, textOf } from "./state/bytes.ts";
import type { Declared } from "./state/declared.ts";

/**
 * A variable that a step hands on is an ordinary string where it can be. An array, and bytes that are no UTF-8, are
 * kept as `\x1d` and what bash declares; only another bash can take them.
 */
const mark = "\x1d";

/** What is handed on of a variable. */
export function handedOn({ flags, value }: Declared): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string") {
    const text = textOf(value);
    if (Buffer.from(text, "utf8").toString("latin1") === value && !text.startsWith(mark)) return text;
  }
  return `${mark}${JSON.stringify({ flags: /A/.test(flags) ? "A" : /a/.test(flags) ? "a" : "", value })}`;
}

/** Whether only a bash can take a value. */
export const needsBash = (value: string): boolean => value.startsWith(mark);

/** The texts that a value holds, to be searched for secrets. */
export function textsIn(value: string): string[] {
  const kept = read(value);
  if (!kept) return [value];
  return typeof kept.value === "string" ? [textOf(kept.value)] : kept.value.flat().map(textOf);
}

/** The commands that give a bash such a value; none for an ordinary string. */
export function assignment(name: string, value: string): string | undefined {
  const kept = read(value);
  if (!kept) return undefined;
  if (typeof kept.value === "string") return `\\export ${name}=${quoteBytes(kept.value)}`;
  const key = (text: string): string => (kept.flags === "A" ? quoteBytes(text) : text);
  const elements = kept.value
    .filter(([index]) => kept.flags === "A" || /^\d+$/.test(index))
    .map(([index, element]) => `[${key(index)}]=${quoteBytes(element)}`);
  return `${kept.flags === "A" ? `declare -A ${name}; ` : ""}${name}=(${elements.join(" ")})`;
}

function read(value: string): { flags: string; value: string | [string, string][] } | undefined {
  return needsBash(value)
    ? (JSON.parse(value.slice(mark.length)) as { flags: string; value: string | [string, string][] })
    : undefined;
}
