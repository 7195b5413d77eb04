import { copiedFile, copiedTemplate, delimiterFor, mentions } from "../values/copied.ts";
import { substitute } from "../values/substitute.ts";
import type { Template } from "../values/template.ts";
import type { Block, Values } from "./block.ts";
import { isBash } from "./target-shell.ts";

/** What a copied text is made with. */
export interface CopySource {
  /** Values that are known: defaults, and what the reader gave; never an example. */
  values: Values;
  /** Commands of the computed defaults that the reader gave no value for, in the order in which they are declared. */
  computed?: ReadonlyMap<string, Template>;
  /** The names that steps of the page set in the reader's shell, for targets to read. */
  set?: readonly string[];
}

const noCommands: ReadonlyMap<string, Template> = new Map();

/** What the copy button of a block gives: what is to run on a target carries its target, and no text ends a terminal. */
export function copyOf(block: Block, source: CopySource, enter?: Block): string {
  const own = textOf(block, source);
  if (block.kind === "data" && !block.file) return own;
  const entering = enter && textOf(enter, source);
  const text = entering !== undefined ? onTarget(entering, own, source) : endsShell(own) ? `(\n${own}\n)` : own;
  const settings = settingsFor(text, source);
  if (settings.length === 0) return text;
  // Where a value can't be worked out, nothing runs.
  const set = settings.map(({ name, command }) => `${name}=$(${command}) && export ${name} && `);
  return `${set.join("")}{\n${text}\n}`;
}

/** A block's own text, without what must be set before it: the computed values that it reads. */
export function textOf(block: Block, { values, computed = noCommands, set = [] }: CopySource): string {
  if (block.kind !== "data") return copiedTemplate(block.template, values);
  const open = { known: new Set(computed.keys()), perhaps: new Set(set) };
  return block.file ? copiedFile(block.file, block.text, values, open) : substitute(block.text, values);
}

/** A computed value and the text that works it out. */
interface Setting {
  name: string;
  command: string;
}

/** The computed values that a text reads, and those that their commands read, in their order. */
export function settingsFor(text: string, { values, computed = noCommands }: CopySource): Setting[] {
  const settings: Setting[] = [];
  let read = text;
  // A command sees only what is declared before it.
  for (const [name, template] of [...computed].reverse()) {
    if (!mentions(read, name)) continue;
    const own = copiedTemplate(template, values).trimEnd();
    settings.unshift({ name, command: own.includes("\n") ? `\n${own}\n` : own });
    read += own;
  }
  return settings;
}

/** Makes bash's declaration of a variable a text that each shell reads. */
const AS_ANY_SHELL = " | sed '1s/^declare -[^ ]* /export /'";

/** A text for the shell of a target. The braces make that shell read all of it first: else a program could take the rest. */
export function onTarget(enter: string, text: string, { computed = noCommands, set = [] }: CopySource): string {
  const body = `{\n${text}\n} </dev/null`;
  const end = delimiterFor(body, "EOF");
  const handed = [...computed.keys()].filter((name) => mentions(text, name));
  const perhaps = set.filter((name) => !handed.includes(name) && mentions(text, name));
  if (handed.length + perhaps.length === 0) return `${enter} <<'${end}'\n${body}\n${end}`;
  const hand = [
    ...handed.map((name) => `printf 'export ${name}=%q\\n' "$${name}"`),
    // With its attributes, and nothing where its step did not apply. Only bash reads a declaration of bash's.
    ...perhaps.map((name) => `{ declare -p ${name} 2>/dev/null || :; }${isBash(enter) ? "" : AS_ANY_SHELL}`),
  ];
  // What the enter line sets stands on lines before it, and holds for its command alone.
  return `{ ${hand.join("; ")}; cat <<'${end}'\n${body}\n${end}\n} | {\n${enter}\n}`;
}

/** Finds words where a command can stand. */
const command = (words: string): RegExp => new RegExp(`(?:^|[\\s;&|({\`])(?:${words})(?![\\w-])`, "m");
const leaving = "exec|logout|return";
const endingScript = command(String.raw`exit(?!\s+[1-9]\d*(?![\w-]))|${leaving}`);
const endingShell = command(String.raw`exit|${leaving}|set\s+(?:-[A-Za-z]*[eu]|-o\s+(?:errexit|nounset))`);

/** Whether a text could end a script in which it stands before the script's end, other than by its failure. */
export function endsScript(text: string): boolean {
  return endingScript.test(text);
}

/** Whether a text could end the shell that it is pasted into, or make it end at the next failure. */
export function endsShell(text: string): boolean {
  return endingShell.test(text);
}
