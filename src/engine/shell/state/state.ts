import { quoteShell } from "../../../language/shell/quote.ts";

const separator = "\x1d";

/** The state of a bash, as its reports tell it. */
export interface ShellState {
  functions: string;
  traps: string;
  attributes: string;
  aliases: string;
  umask: string;
  /** SHELLOPTS and BASHOPTS, each a list with colons. */
  options: string;
  shellOptions: string;
  folder: string;
  /** The page's own EXIT trap, as a command. */
  exitTrap: string;
  variables: string;
}

/** Reads a report of a shell's state. Returns undefined where it is cut or no state at all. */
export function readState(text: string): ShellState | undefined {
  const parts = text.split(separator);
  if (parts.length < 10) return undefined;
  const [functions, traps, attributes, aliases, umask, options, shellOptions, folder, exitTrap] = parts as string[];
  return {
    functions: functions as string,
    traps: traps as string,
    attributes: attributes as string,
    aliases: aliases as string,
    umask: (umask as string).trim(),
    options: options as string,
    shellOptions: shellOptions as string,
    folder: folder as string,
    exitTrap: exitTrap as string,
    variables: parts.slice(9).join(separator),
  };
}

/** The traps of a state, by signal; this shell's own ones are left out. */
export function trapsOf(state: ShellState): Map<string, string> {
  const traps = new Map<string, string>();
  for (const entry of splitEntries(state.traps, "trap -- ")) {
    const match = /^trap -- ('(?:[^']|'\\'')*'|[^ ]*) (\S+)\s*$/s.exec(entry);
    if (!match) continue;
    const [, command, signal] = match as unknown as [string, string, string];
    if (command.includes("__rb_")) continue;
    traps.set(signal, command);
  }
  return traps;
}

/**
 * Splits the output of `declare -p`, `trap -p` or `alias -p` into its entries: an entry begins at the start of a line
 * with `prefix`, unless that line is inside a quoted value.
 */
export function splitEntries(text: string, prefix: string): string[] {
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

/** The place behind the line feed that ends the logical line at `at`; quoted line feeds do not end it. */
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

/** A state without the entries in which a secret stands. */
export function withoutSecrets(text: string, contains: (text: string) => boolean): string {
  if (!contains(text)) return text;
  const state = readState(text);
  if (!state) return "";
  const keep = (part: string, prefix: string): string =>
    splitEntries(part, prefix)
      .filter((entry) => !contains(entry))
      .join("");
  const parts = [
    contains(state.functions) ? "" : state.functions,
    keep(state.traps, "trap -- "),
    state.attributes,
    keep(state.aliases, "alias "),
    state.umask,
    state.options,
    state.shellOptions,
    contains(state.folder) ? "/" : state.folder,
    contains(state.exitTrap) ? "" : state.exitTrap,
    keep(state.variables, "declare -"),
  ];
  return parts.join(separator);
}

const carried = new Set(
  "allexport braceexpand hashall ignoreeof keyword monitor noclobber noglob notify physical".split(" "),
);

/** The commands that give a new bash this state. Errors (read-only names of bash itself) do no harm there. */
export function restoreCommands(state: ShellState): string {
  const options = new Set(state.options.split(":"));
  const shellOptions = state.shellOptions.split(":").filter((name) => name && name !== "expand_aliases");
  const flags = splitEntries(state.attributes, "declare ").filter((line) => !line.startsWith("declare -f "));
  const traps = [...trapsOf(state)].filter(([signal]) => signal !== "EXIT" && signal !== "DEBUG");
  // Functions last: they may have the names of what stands before them.
  return [
    "set +eu",
    state.variables,
    state.aliases,
    ...traps.map(([signal, command]) => `trap -- ${command} ${signal}`),
    `umask ${state.umask}`,
    ...[...options].filter((name) => carried.has(name)).map((name) => `set -o ${name}`),
    ...shellOptions.map((name) => `shopt -s ${name}`),
    `cd -- ${quoteShell(state.folder)}`,
    `__rb_user_exit=${quoteShell(state.exitTrap)}`,
    state.functions,
    ...flags,
  ].join("\n");
}
