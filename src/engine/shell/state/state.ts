import { readWord, readWords, textOf } from "./bytes.ts";
import { type Declared, readDeclared } from "./declared.ts";
import { readShState, shWithoutSecrets } from "./sh-state.ts";

/** The state of a bash, its bytes a character each (see bytes.ts). */
export interface ShellState {
  functions: string;
  /** `declare -F`: a line a function, with its attributes. */
  attributes: string;
  traps: string;
  aliases: string;
  umask: string;
  /** SHELLOPTS and BASHOPTS, each a list with colons. */
  options: string;
  shellOptions: string;
  /** The folder, without links; empty where it was gone already. */
  folder: string;
  /** The folder as `pwd` tells it; of one that is gone, what `PWD` says. */
  logicalFolder: string;
  /** The page's own EXIT trap, as a command. */
  exitTrap: string;
  /** The directory stack below the folder, as words. */
  stack: string;
  /** `$0` and the positional parameters, as words. */
  words: string;
  /** `ulimit -Sa` and `ulimit -Ha`. */
  softLimits: string;
  hardLimits: string;
  /** `declare -p` */
  variables: string;
}

/** The sections of a worker's report, in its order (scripts/state.bash). */
const sections = [
  "functions",
  "attributes",
  "traps",
  "aliases",
  "umask",
  "options",
  "shellOptions",
  "folder",
  "logicalFolder",
  "exitTrap",
  "stack",
  "words",
  "softLimits",
  "hardLimits",
  "variables",
] as const satisfies (keyof ShellState)[];

/** Sections that are one line, whose line feed is no part of them. */
const lines = new Set<keyof ShellState>(["umask", "folder", "logicalFolder"]);

/** The report of a bash worker, as the text that is kept of it; empty where it is cut. */
export function keptState(report: string, nonce: string): string {
  const divider = `\x1d${nonce}\x1d`;
  // Under `set -a` every variable is exported, this one too.
  const told = new RegExp(`declare -(?:-|x) __rb_sep=\\$'\\\\035${nonce}\\\\035'\\n`);
  const parts = report.replace(told, divider).split(divider);
  if (parts.length !== sections.length) return "";
  const entries = sections.map((name, index) => {
    const part = parts[index] ?? "";
    return [name, lines.has(name) ? part.replace(/\n$/, "") : part];
  });
  const state = Object.fromEntries(entries) as Record<keyof ShellState, string>;
  // The worker's own `exit` is not a function of the page. It is left out, so that plain texts are recognized as leaving the state alone.
  if (state.attributes.trim() === "declare -f exit" && state.functions.includes("__rb_unwind"))
    Object.assign(state, { functions: "", attributes: "" });
  return JSON.stringify(state);
}

/** Reads a state that was kept. Undefined where it is none. */
export function readState(text: string): ShellState | undefined {
  if (!text.startsWith("{")) return readOldState(text);
  try {
    const state: unknown = JSON.parse(text);
    return typeof state === "object" &&
      state !== null &&
      sections.every((name) => typeof (state as Record<string, unknown>)[name] === "string")
      ? (state as ShellState)
      : undefined;
  } catch {
    return undefined;
  }
}

/** States as they were kept until version 0.1: fewer sections, and bytes that were no UTF-8 lost already. */
function readOldState(text: string): ShellState | undefined {
  const parts = Buffer.from(text, "utf8").toString("latin1").split("\x1d");
  if (parts.length < 10) return undefined;
  const [functions, traps, attributes, aliases, umask, options, shellOptions, folder, exitTrap] = parts as [
    string,
    ...string[],
  ];
  const old = { functions, traps, attributes, aliases, umask: umask?.trim(), options, shellOptions, folder, exitTrap };
  const none = { stack: "", words: "", softLimits: "", hardLimits: "" };
  return { ...(old as ShellState), ...none, logicalFolder: folder ?? "", variables: parts.slice(9).join("\x1d") };
}

/** The traps of a state, by signal, each a command; this shell's own ones are left out. */
export function trapsOf(state: ShellState): Map<string, string> {
  const traps = new Map<string, string>();
  let at = 0;
  while (at < state.traps.length) {
    const end = state.traps.startsWith("trap -- ", at) ? readWord(state.traps, at + 8) : undefined;
    const signal = end && /^ ([A-Z][A-Z0-9+-]*)(?=\n|$)/.exec(state.traps.slice(end.end, end.end + 24));
    if (end && signal && !end.value.includes("__rb_")) traps.set(signal[1] as string, end.value);
    const next = state.traps.indexOf("\n", end?.end ?? at);
    if (next < 0) break;
    at = next + 1;
  }
  return traps;
}

/** The same state, whose shell ends without a trap. */
export function withoutExitTrap(text: string): string {
  const sh = readShState(text);
  if (sh) return JSON.stringify({ ...sh, variables: { ...sh.variables, rb_user_exit: "" } });
  const state = readState(text);
  if (!state || (state.exitTrap === "" && !/ EXIT$/m.test(state.traps))) return text;
  const traps = splitEntries(state.traps, "trap -- ").filter((entry) => !/ EXIT\n?$/.test(entry));
  return JSON.stringify({ ...state, exitTrap: "", traps: `${traps.join("")}trap -- '__rb_gone' EXIT\n` });
}

/** Aliases, by name. */
export function aliasesOf(state: ShellState): Map<string, string> {
  const aliases = new Map<string, string>();
  let at = 0;
  while (at < state.aliases.length) {
    const name = /^alias (?:-- )?([^\s='"$`\\()<>|&;/]+)=/.exec(state.aliases.slice(at));
    const value = name ? readWord(state.aliases, at + name[0].length) : undefined;
    if (name && value) aliases.set(name[1] as string, value.value);
    const next = state.aliases.indexOf("\n", value?.end ?? at);
    if (next < 0) break;
    at = next + 1;
  }
  return aliases;
}

/** The variables of a state. */
export const variablesOf = (state: ShellState): Declared[] => readDeclared(state.variables);

/** Words that a state holds; none where they can't be read. */
export const wordsOf = (text: string): string[] => readWords(text) ?? [];

/** A state without what a secret stands in; empty where it cannot be read. */
export function withoutSecrets(text: string, contains: (text: string) => boolean): string {
  if (!contains(text)) {
    // Bytes beyond ASCII are written otherwise in JSON than they are.
    if (!/[\x80-\xff\\]/.test(text)) return text;
  }
  const sh = readShState(text);
  if (sh) return JSON.stringify(shWithoutSecrets(sh, (part) => contains(textOf(part))));
  const state = readState(text);
  if (!state) return "";
  const hides = (part: string): boolean => contains(textOf(part));
  if (!Object.values(state).some(hides)) return text;
  const entries = (part: string, prefix: string): string =>
    splitEntries(part, prefix)
      .filter((entry) => !hides(entry))
      .join("");
  const kept: ShellState = {
    ...state,
    functions: hides(state.functions) ? "" : state.functions,
    traps: entries(state.traps, "trap -- "),
    aliases: entries(state.aliases, "alias "),
    exitTrap: hides(state.exitTrap) ? "" : state.exitTrap,
    stack: hides(state.stack) ? "" : state.stack,
    words: hides(state.words) ? "" : state.words,
    variables: entries(state.variables, "declare -"),
  };
  // Without its folder a shell can't go on: nothing runs in another one.
  if (hides(state.folder) || hides(state.logicalFolder)) Object.assign(kept, { folder: "", logicalFolder: "" });
  return JSON.stringify(kept);
}

/** Splits the output of `declare -p`, `trap -p` or `alias -p` into its entries, which quoted line feeds do not end. */
function splitEntries(text: string, prefix: string): string[] {
  const entries: string[] = [];
  let start = 0;
  let at = 0;
  while (at < text.length) {
    const next = skipLine(text, at);
    if (next >= text.length || text.startsWith(prefix, next)) {
      entries.push(text.slice(start, next));
      start = next;
    }
    at = next;
  }
  return entries.filter((entry) => entry.trim() !== "");
}

/** The place behind the line feed that ends the logical line at `at`. */
function skipLine(text: string, at: number): number {
  let place = at;
  while (place < text.length) {
    const char = text[place];
    if (char === "\n") return place + 1;
    if (char === "\\") place += 2;
    else if (char === '"') place = skipQuote(text, place + 1, '"', true);
    else if (char === "'") place = skipQuote(text, place + 1, "'", text[place - 1] === "$");
    else place += 1;
  }
  return text.length;
}

function skipQuote(text: string, at: number, quote: string, escapes: boolean): number {
  let place = at;
  while (place < text.length && text[place] !== quote) place += escapes && text[place] === "\\" ? 2 : 1;
  return place + 1;
}
