import type { Command } from "unbash";
import { GLOBALS, LINES, READERS, SAME, SHELLS, WRAPPERS, type Wrapper } from "./entering.ts";

/** What a command waits for: the commands of a person inside it, or input. */
export type Waiting = "commands" | "input";

/** Words of a command as far as they are known; one that only the shell knows is "\0". */
type Words = readonly string[];

/** What a command without any input waits for, as far as its words say; undefined where it waits for nothing. */
export function waitsFor(command: Command): Waiting | undefined {
  const words = [command.name, ...command.args].filter((word) => word !== undefined);
  return waiting(
    words.map((word) => (word.type === "Word" ? (word.parts ? staticValue(word) : word.value) : word.text)),
  );
}

/** Quotes make no difference; an expansion may be anything. */
function staticValue({ parts, value }: { parts?: readonly { type: string }[] | undefined; value: string }): string {
  const plain = parts?.every(({ type }) => type === "Literal" || type === "SingleQuoted" || type === "DoubleQuoted");
  return plain && !value.includes("$") ? value : "\0";
}

function waiting(given: Words): Waiting | undefined {
  const words = named(given);
  const [name = ""] = words;
  if (SHELLS.has(name)) return ofShell(words.slice(1));
  if (name === "su" || name === "runuser") return ofSwitch(words.slice(1));
  const [key, rest] = longestKey(words);
  if (LINES.has(key)) return "commands";
  if (key === "virsh" && rest.length === 0) return "commands";
  if (key === "vagrant ssh") return rest.some((word) => /^(?:-c|--command)/.test(word)) ? undefined : "commands";
  if (key === "crontab") return rest.includes("-e") ? "input" : undefined;
  const wrapper = own(WRAPPERS, key);
  if (wrapper) return ofWrapper(wrapper, rest);
  const reader = own(READERS, key);
  if (!reader) return undefined;
  const { options, operands } = split(rest, "");
  if (options.some((option) => has(reader.unless, option))) return undefined;
  return reader.operands !== undefined && operands.length > reader.operands ? undefined : "input";
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The command's name without its folder, and the name by which the tables know it. */
function named([first = "", ...rest]: Words): Words {
  const name = first.slice(first.lastIndexOf("/") + 1);
  if (name === "busybox") return named(rest);
  return [...(own(SAME, name) ?? name).split(" "), ...rest];
}

const KEYS = new Set([...Object.keys(WRAPPERS), ...Object.keys(READERS), ...LINES, "virsh", "vagrant ssh", "crontab"]);

/** The longest of the tables' names that a command's words begin with, options between them left out. */
function longestKey(words: Words): [string, Words] {
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

/** `bash`, `bash -l`, `bash -s`: commands come from its input. With `-c` or a script they don't. */
function ofShell(words: Words): Waiting | undefined {
  const { options, operands } = split(words, "-O +O -o +o --rcfile --init-file");
  if (options.some((option) => /^-[a-z]*c/.test(option) || option === "--version" || option === "--help"))
    return undefined;
  return operands.length === 0 || options.some((option) => /^-[a-z]*s/.test(option)) ? "commands" : undefined;
}

function ofSwitch(words: Words): Waiting | undefined {
  const runs = words.some((word) => /^(?:-[a-z]*c|--(?:session-)?command|-u|--user|--version|--help)/.test(word));
  return runs ? undefined : "commands";
}

function ofWrapper(wrapper: Wrapper, words: Words): Waiting | undefined {
  const { valued = "", before = 0, shell, shellBy, never, assignments } = wrapper;
  const { options, operands } = split(words, valued, before);
  if (options.some((option) => has(never, option))) return undefined;
  let rest = operands.slice(before);
  while (assignments && /^[A-Za-z_]\w*=/.test(rest[0] ?? "")) rest = rest.slice(1);
  if (rest.length > 0) return waiting(rest.length === 1 ? (rest[0] ?? "").trim().split(/\s+/) : rest);
  if (operands.length < before && before > 0 && !shellBy) return undefined;
  return shell || options.some((option) => has(shellBy, option)) ? "commands" : undefined;
}

/** Options up to the command's own words, and what follows them. `--` ends the options. */
function split(words: Words, valued: string, before = 0): { options: string[]; operands: string[] } {
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
function has(some: string | undefined, option: string): boolean {
  return (some?.split(" ") ?? []).some((known) => {
    if (option === known || option.startsWith(`${known}=`)) return true;
    return /^-[A-Za-z?]$/.test(known) && /^-[A-Za-z]{2,}$/.test(option) && option.includes(known[1] ?? "");
  });
}
