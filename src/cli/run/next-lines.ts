import type { RunRecord } from "../../engine/journal/record.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { UndoPlan } from "../../engine/plan/undo/undo-plan.ts";
import { destinationOf } from "../../engine/target/host.ts";
import type { Context } from "../context.ts";
import { programLine } from "../line/command-line.ts";
import { recallPage } from "./page-of-run.ts";

/** The lines that a run tells people to type once it has ended. */
export interface NextLines {
  /** Goes on where the run stopped. */
  goOn: (run: string) => string;
  /** Takes away what the run did. */
  takeAway: (run: string) => string;
}

/** After `exec` or `resume`: the journal has the run's values and its host. */
export function afterRun(context: Context): NextLines {
  return {
    goOn: (run) => programLine(context, ["resume", run, ...same(context, "step", "shell", "yes", "keep-going")]),
    takeAway: (run) => programLine(context, ["undo", run]),
  };
}

/** After `undo`: the same undo once more, of the run or with the values that were chosen. */
export function afterUndo(context: Context, words: readonly string[]): NextLines {
  const line = programLine(context, ["undo", ...words, ...same(context, "current", "yes", "keep-going")]);
  return { goOn: () => line, takeAway: () => line };
}

/** What names the work of an undo for good: a prefix of a run's name may name two runs later. */
export function undoWords(
  context: Context,
  undo: UndoPlan,
  given: ReadonlyMap<string, string>,
  run?: string,
): string[] {
  if (run !== undefined) return [run];
  const destination = destinationOf(undo.host);
  const names = undo.plan.runbooks.find(({ id }) => id === undo.runbook)?.params.map(({ name }) => name) ?? [];
  const known = names.flatMap((name): [string, string][] => {
    const value = undo.plan.values.get(name);
    return value?.text === undefined || value.parameter.secret ? [] : [[name, value.text]];
  });
  const values = given.size > 0 ? [...given] : undo.steps.some((item) => item.run !== undefined) ? known : [];
  return [context.words[0] ?? undo.runbook, ...assignments(values), ...hostWords(destination)];
}

/** The `exec` line that does what a run was to do, by today's pages. */
export function execLine(context: Context, record: RunRecord, plan: Plan): string {
  const values = Object.entries(record.values).filter(([name, text]) => {
    const parameter = plan.values.get(name)?.parameter;
    return parameter !== undefined && parameter.default !== text;
  });
  const selected = record.options["selected"];
  const keys = new Set(plan.steps.map(({ key }) => key));
  const partly = Array.isArray(selected) && selected.length < record.steps.length;
  const only = partly ? selected.filter((key) => keys.has(key)).flatMap((key) => ["--only", String(key)]) : [];
  const page = recallPage(context, record.id) ?? record.runbook;
  const host = hostWords(destinationOf(record.host));
  const flags = same(context, "step", "shell", "yes", "keep-going");
  return programLine(context, ["exec", page, ...assignments(values), ...host, ...only, ...flags]);
}

/** The line that goes on with an undo that the journal has. */
export function undoLine(context: Context, record: RunRecord): string {
  if (record.undoes?.[0] !== undefined && record.undoes.length === 1) {
    return programLine(context, ["undo", record.undoes[0]]);
  }
  const host = hostWords(destinationOf(record.host));
  return programLine(context, ["undo", record.runbook, ...assignments(Object.entries(record.values)), ...host]);
}

function assignments(values: readonly (readonly [string, string])[]): string[] {
  return values.map(([name, text]) => `${name}=${text}`);
}

function hostWords(destination: string | undefined): string[] {
  return destination === undefined ? [] : ["--host", destination];
}

/** Those of these flags that the command was given. */
function same({ flags }: Context, ...names: string[]): string[] {
  return names.filter((name) => flags.has(name)).map((name) => `--${name}`);
}
