import type { Command } from "unbash";
import { GLOBALS, LINES, READERS, SAME, WRAPPERS, type Wrapper } from "./entering.ts";

/** Words of a command as far as they are known; one that only the shell knows is "\0". */
export type Words = readonly string[];

/** A command's name and arguments. */
export function wordsOf({ name, args }: Command): Words {
  const words = [name, ...args].filter((word) => word !== undefined);
  return words.map((word) => (word.type === "Word" ? (word.parts ? staticValue(word) : word.value) : word.text));
}

/** Quotes make no difference; an expansion may be anything. */
function staticValue({ parts, value }: { parts?: readonly { type: string }[] | undefined; value: string }): string {
  const plain = parts?.every(({ type }) => type === "Literal" || type === "SingleQuoted" || type === "DoubleQuoted");
  return plain && !value.includes("$") ? value : "\0";
}

/** The words of the command that runs in the end: `sudo`, `busybox`, `lxc-attach` and their like run another one. */
export function innermost(given: Words): Words {
  const words = named(given);
  const [key, rest] = longestKey(words);
  const wrapper = own(WRAPPERS, key);
  if (!wrapper) return words;
  const { options, inner } = insideOf(wrapper, rest);
  if (inner.length === 0 || options.some((option) => has(wrapper.never, option))) return words;
  return innermost(inner);
}

/** The words that follow a wrapper's name, taken apart: the command that it runs is `inner`. */
export function insideOf(
  { valued = "", before = 0, assignments }: Wrapper,
  words: Words,
): { options: string[]; operands: string[]; inner: Words } {
  const { options, operands } = split(words, valued, before);
  let inner = operands.slice(before);
  while (assignments && /^[A-Za-z_]\w*=/.test(inner[0] ?? "")) inner = inner.slice(1);
  // A single word may be a whole line, as for `ssh`.
  return { options, operands, inner: inner.length === 1 ? (inner[0] ?? "").trim().split(/\s+/) : inner };
}

/** What a table has by a name of its own, not by one that every object has. */
export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The command's name without its folder, and the name by which the tables know it. */
export function named([first = "", ...rest]: Words): Words {
  const name = first.slice(first.lastIndexOf("/") + 1);
  if (name === "busybox") return named(rest);
  return [...(own(SAME, name) ?? name).split(" "), ...rest];
}

const KEYS = new Set([...Object.keys(WRAPPERS), ...Object.keys(READERS), ...LINES, "virsh", "vagrant ssh", "crontab"]);

/** The longest of the tables' names that a command's words begin with, options between them left out. */
export function longestKey(words: Words): [string, Words] {
  let found: [string, Words] = [words[0] ?? "", words.slice(1)];
  const parts: string[] = [];
  for (let index = 0; index < words.length && parts.length < 3; index++) {
    const word = words[index] ?? "";
    if (word.startsWith("-") && index > 0) {
      if (!word.includes("=") && takesNext(word, own(GLOBALS, words[0] ?? "") ?? "")) index += 1;
      continue;
    }
    parts.push(word);
    const key = parts.join(" ");
    if (KEYS.has(key)) found = [key, words.slice(index + 1)];
    else if (![...KEYS].some((known) => known.startsWith(`${key} `))) break;
  }
  return found;
}

/** Options up to the command's own words, and what follows them. `--` ends the options. */
export function split(words: Words, valued: string, before = 0): { options: string[]; operands: string[] } {
  const options: string[] = [];
  const operands: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (operands.length > before) operands.push(word);
    else if (word === "--") return { options, operands: [...operands, ...words.slice(index + 1)] };
    else if (/^[-+]./.test(word)) {
      options.push(word);
      if (!word.includes("=") && takesNext(word, valued)) index += 1;
    } else operands.push(word);
  }
  return { options, operands };
}

/** `-n NAME`, and `-itu NAME`, whose last letter takes the value. */
function takesNext(word: string, valued: string): boolean {
  const known = valued.split(" ");
  return known.includes(word) || (/^-[A-Za-z]{2,}$/.test(word) && known.includes(`-${word.at(-1)}`));
}

/** Whether an option is one of some: itself, with a value behind `=`, or among letters that stand together. */
export function has(some: string | undefined, option: string): boolean {
  return (some?.split(" ") ?? []).some((known) => {
    if (option === known || option.startsWith(`${known}=`)) return true;
    return /^-[A-Za-z?]$/.test(known) && /^-[A-Za-z]{2,}$/.test(option) && option.includes(known[1] ?? "");
  });
}
