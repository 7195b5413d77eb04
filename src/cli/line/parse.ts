import { parseArgs } from "node:util";
import { RunbookError } from "../../errors/runbook-error.ts";
import { didYouMean } from "../../words/nearest.ts";
import type { Command, Flag } from "./command.ts";
import { COMMANDS, GLOBAL_FLAGS } from "./table.ts";

/** Flags as they were given: each with its values in order; a flag without one has the empty string. */
export type GivenFlags = ReadonlyMap<string, readonly string[]>;

/** A command line, taken apart but not yet judged beyond its form. */
export interface ParsedLine {
  /** Absent where only global flags were given. */
  command?: Command;
  flags: GivenFlags;
  /** The words that are not NAME=value. */
  words: string[];
  /** NAME=value, each name once. */
  values: Map<string, string>;
}

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/;

/** Takes a command line apart. Throws what a person can act on. */
export function parseLine(argv: readonly string[]): ParsedLine {
  const { before, name, after } = splitAtCommand(argv);
  const command = name === undefined ? undefined : findCommand(name);
  const flags = [...GLOBAL_FLAGS, ...(command?.flags ?? [])];
  const parsed = parseFlags([...before, ...after], flags, command);
  if (!command) return { flags: parsed.flags, words: [], values: new Map() };
  const line = { command, flags: parsed.flags, ...sortOperands(parsed.operands, command) };
  if (!parsed.flags.has("help")) checkWords(line.words, command);
  return line;
}

/** The command is the first word that is neither a flag nor a flag's value. */
function splitAtCommand(argv: readonly string[]): { before: string[]; name?: string; after: string[] } {
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? "";
    if (!word.startsWith("-")) return { before: argv.slice(0, index), name: word, after: argv.slice(index + 1) };
    if (GLOBAL_FLAGS.some((flag) => `--${flag.name}` === word && flag.value && !flag.optional)) index += 1;
  }
  return { before: [...argv], after: [] };
}

function findCommand(name: string): Command {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command) return command;
  const names = COMMANDS.map((candidate) => candidate.name);
  throw new RunbookError("unknown-command", `There is no command "${name}".`, {
    hint: didYouMean(name, names, "`./runbook --help` lists the commands.") ?? "",
  });
}

function parseFlags(args: string[], flags: readonly Flag[], command: Command | undefined) {
  const options = Object.fromEntries(
    flags.map((flag) => [
      flag.name,
      { type: flag.value && !flag.optional ? ("string" as const) : ("boolean" as const) },
    ]),
  );
  const { tokens } = parseArgs({
    args,
    options: { ...options, help: { type: "boolean", short: "h" } },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const flag = flags.find((candidate) => candidate.name === token.name);
    if (!flag) throw unknownFlag(token.rawName, flags, command);
    const earlier = given.get(flag.name) ?? [];
    if (earlier.length > 0 && flag.value && !flag.many) {
      throw new RunbookError("repeated-flag", `--${flag.name} was given twice.`, { hint: "Give it once." });
    }
    given.set(flag.name, [...earlier, flagValue(flag, token)]);
  }
  return { flags: given, operands };
}

function flagValue(flag: Flag, token: { value?: string | undefined; inlineValue?: boolean | undefined }): string {
  if (!flag.value) {
    if (token.value === undefined) return "";
    throw new RunbookError("unexpected-value", `--${flag.name} takes no value, but was given "${token.value}".`);
  }
  if (flag.optional) return token.value ?? "";
  const value = token.value;
  // `--values --yes` is a forgotten value far more often than a file with that name.
  if (value === undefined || value === "" || (!token.inlineValue && value.startsWith("-") && value !== "-")) {
    throw new RunbookError("missing-flag-value", `--${flag.name} needs a value: --${flag.name} ${flag.value}.`);
  }
  return value;
}

function unknownFlag(written: string, flags: readonly Flag[], command: Command | undefined): RunbookError {
  const elsewhere = COMMANDS.filter((other) => other.flags.some((flag) => `--${flag.name}` === written));
  const where = command ? `\`${command.name}\`` : "runbook";
  const otherwise =
    elsewhere.length > 0
      ? `It belongs to ${elsewhere.map((other) => `\`${other.name}\``).join(", ")}.`
      : `\`./runbook ${command ? `${command.name} ` : ""}--help\` lists its flags.`;
  const candidates = flags.map((flag) => `--${flag.name}`);
  return new RunbookError("unknown-flag", `${where} has no flag ${written}.`, {
    hint: didYouMean(written, candidates, otherwise) ?? otherwise,
  });
}

function sortOperands(operands: readonly string[], command: Command) {
  const words: string[] = [];
  const values = new Map<string, string>();
  for (const operand of operands) {
    const [, name, value] = (command.values ? ASSIGNMENT.exec(operand) : undefined) ?? [];
    if (name === undefined || value === undefined) {
      words.push(operand);
    } else if (values.has(name)) {
      throw new RunbookError("repeated-value", `${name} was given twice.`, { hint: "Give each value once." });
    } else {
      values.set(name, value);
    }
  }
  return { words, values };
}

function checkWords(words: readonly string[], command: Command): void {
  const [least, most] = command.words;
  const usage = `./runbook ${command.name} ${command.usage}`.trimEnd();
  if (words.length < least) {
    throw new RunbookError("missing-argument", `\`${command.name}\` needs ${command.usage.split(" ")[0]}.`, {
      hint: `Usage: ${usage}`,
    });
  }
  const surplus = words[most];
  if (surplus === undefined) return;
  const hint = command.values ? `A value is given as NAME=value. Usage: ${usage}` : `Usage: ${usage}`;
  throw new RunbookError("surplus-argument", `\`${command.name}\` can't use "${surplus}".`, { hint });
}
