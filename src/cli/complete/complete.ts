import { DIALECTS } from "../../language/model/dialect.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import { REPORT_FORMATS } from "../../report/formats.ts";
import type { Command, Flag } from "../line/command.ts";
import { COMMANDS, GLOBAL_FLAGS } from "../line/table.ts";

/** What completion asks of pages and journal, only when it needs it. */
export interface Sources {
  ids: () => Promise<string[]>;
  /** The runbook and what it requires, what is required first. */
  runbooks: (id: string) => Promise<Runbook[]>;
  runs: () => Promise<string[]>;
}

/** What a word may become; files and folders are the shell's own business. */
export interface Completion {
  words: string[];
  paths?: "files" | "folders";
}

/** Completes `current`, which stands behind `before` (without the program's own name). */
export async function complete(before: readonly string[], current: string, sources: Sources): Promise<Completion> {
  const { command, flag, operands } = readBefore(before);
  const completion = await candidates({ command, flag, operands, current, sources });
  return { ...completion, words: completion.words.filter((word) => word.startsWith(current)) };
}

interface Place {
  command: Command | undefined;
  /** The flag whose value is being typed. */
  flag: Flag | undefined;
  operands: string[];
  current: string;
  sources: Sources;
}

function readBefore(before: readonly string[]): Pick<Place, "command" | "flag" | "operands"> {
  let command: Command | undefined;
  const operands: string[] = [];
  for (let index = 0; index < before.length; index += 1) {
    const word = before[index] ?? "";
    if (word.startsWith("-")) {
      const flag = flagsOf(command).find((candidate) => `--${candidate.name}` === word);
      if (!flag?.value || flag.optional) continue;
      if (index === before.length - 1) return { command, flag, operands };
      index += 1;
    } else if (command) {
      operands.push(word);
    } else {
      command = COMMANDS.find((candidate) => candidate.name === word);
    }
  }
  return { command, flag: undefined, operands };
}

function flagsOf(command: Command | undefined): Flag[] {
  return [...(command?.flags ?? []), ...GLOBAL_FLAGS];
}

async function candidates(place: Place): Promise<Completion> {
  const { command, flag, current, operands } = place;
  const inline = /^--([a-z-]+)=/.exec(current)?.[1];
  if (inline) {
    const known = flagsOf(command).find((candidate) => candidate.name === inline && candidate.value);
    const completion = known ? await flagValues(known, place) : { words: [] };
    return { ...completion, words: completion.words.map((word) => `--${inline}=${word}`) };
  }
  if (flag) return flagValues(flag, place);
  if (current.startsWith("-")) return { words: flagsOf(command).map(({ name }) => `--${name}`) };
  if (!command) return { words: COMMANDS.map(({ name }) => name) };
  const words = operands.filter((operand) => !operand.includes("="));
  if (words.length < Math.max(1, command.words[0]) || !command.values) return operandValues(command, place);
  return { words: await assignments(words[0] ?? "", place) };
}

async function operandValues(command: Command, { sources, operands }: Place): Promise<Completion> {
  if (operands.length >= command.words[1]) return { words: [] };
  switch (command.operand) {
    case "runbook":
      return { words: await sources.ids() };
    case "page":
      return command.name === "check" ? { words: [], paths: "files" } : { words: await sources.ids(), paths: "files" };
    case "run":
      return { words: await sources.runs() };
    case "run-or-runbook":
      return { words: [...(await sources.runs()), ...(await sources.ids())] };
    case "shell":
      return { words: ["bash", "zsh", "fish"] };
    default:
      return command.name === "new" ? { words: [], paths: "files" } : { words: [] };
  }
}

async function flagValues(flag: Flag, { operands, sources }: Place): Promise<Completion> {
  if (flag.choices) return { words: [...flag.choices] };
  switch (flag.value) {
    case "DIR":
      return { words: [], paths: "folders" };
    case "FILE":
      return { words: [], paths: "files" };
    case "NAME":
      return { words: [...DIALECTS] };
    case "STEP":
      return { words: await stepNames(operands[0] ?? "", sources) };
    case "FORMAT[=FILE]":
      return { words: REPORT_FORMATS };
    default:
      return { words: [] };
  }
}

async function stepNames(id: string, sources: Sources): Promise<string[]> {
  const runbooks = id === "" ? [] : await sources.runbooks(id);
  const own = runbooks.at(-1);
  return runbooks.flatMap((runbook) =>
    runbook.steps.map((step) => (runbook === own ? step.id : `${runbook.id}/${step.id}`)),
  );
}

/** `NAME=` of what has no value yet; behind the equals sign, what the parameter takes or starts from. */
async function assignments(id: string, { current, operands, sources }: Place): Promise<string[]> {
  const given = new Set(operands.map((operand) => operand.split("=")[0]));
  const parameters = (await sources.runbooks(id)).flatMap((runbook) => runbook.params);
  const wanted = current.split("=")[0];
  const values = parameters
    .filter((parameter) => !parameter.secret && !given.has(parameter.name))
    .flatMap((parameter) => {
      if (!current.includes("=")) return [`${parameter.name}=`];
      if (parameter.name !== wanted) return [];
      const fallback = typeof parameter.default === "string" ? [parameter.default] : [];
      return (parameter.enum ?? fallback).map((value) => `${parameter.name}=${value}`);
    });
  return [...new Set(values)];
}
