import { RunbookError } from "../../../errors/runbook-error.ts";
import type { Runbook } from "../../../language/model/runbook.ts";
import type { Journal } from "../../journal/journal.ts";
import type { RunRecord } from "../../journal/record.ts";
import { lineage } from "../lineage.ts";
import { makePlan } from "../make-plan.ts";
import type { Plan } from "../plan.ts";
import { recordedValues } from "./recorded-step.ts";
import { standsOn } from "./stands-on.ts";
import type { UndoItem, UndoPlan } from "./undo-plan.ts";
import { undoneSteps } from "./undone-steps.ts";
import { holdsWork, runbookOf, sameValues, type Work, workOf } from "./work.ts";

/** What to undo: what a run did, or a runbook's own steps. */
export type UndoTarget = { run: string } | { id: string; given: ReadonlyMap<string, string>; env: NodeJS.ProcessEnv };

/** The input of an undo's plan. */
export interface UndoOptions {
  journal: Journal;
  /** Today's pages. Work that the journal knows is undone without them. */
  library: { runbooks: ReadonlyMap<string, Runbook> };
  target: UndoTarget;
  /** The name of the host whose work is undone, where a runbook is named. */
  host: string;
  /** That host is another machine. */
  far: boolean;
  /** Take today's undo of a step where it differs from the recorded one. */
  current?: boolean;
}

/** Plans an undo, by what the journal recorded. Throws where there is nothing that could be undone. */
export async function planUndo(options: UndoOptions): Promise<UndoPlan> {
  const { journal, target, host } = options;
  if ("run" in target) {
    const run = journal.run(target.run);
    refuseUndoRun(run);
    return planRecorded(options, [run], [...workOf(journal, run).values()]);
  }
  const runs = journal.runs().filter((run) => run.kind === "exec" && run.host === host);
  const own = runs.filter((run) => holdsWork(journal, run, target.id) && sameValues(run, target.given));
  const latest = own[0];
  if (!latest) return await planByGuards(options, target, undoneKeys(journal, runs, target.given));
  // Work of earlier runs with the same values belongs to it, too.
  const values = valuesOf(latest, target.id, options.library.runbooks);
  const goneOn = new Set(own.map(({ resumes }) => resumes));
  const same = own.filter((run) => sameValues(run, values) && !goneOn.has(run.id));
  const work = same.flatMap((run) => [...workOf(journal, run).values()]);
  return planRecorded(options, same, work, target.id);
}

/** The values that a run had for a runbook's own parameters. */
function valuesOf(run: RunRecord, id: string, pages: ReadonlyMap<string, Runbook>): Map<string, string> {
  const recorded = run.runbooks.find((outline) => outline.id === id)?.params;
  const names = recorded ?? pages.get(id)?.params.map(({ name }) => name) ?? [];
  return new Map(names.flatMap((name) => (run.values[name] === undefined ? [] : [[name, run.values[name]] as const])));
}

function refuseUndoRun(run: RunRecord): void {
  if (run.kind !== "undo") return;
  throw new RunbookError("not-undoable", `${run.id} is an undo itself.`, {
    hint: `Run ${run.runbook} again to have its work back.`,
  });
}

/** The keys of the steps that runs with these values did, and whose work was undone. */
function undoneKeys(journal: Journal, runs: readonly RunRecord[], given: ReadonlyMap<string, string>): Set<string> {
  const steps = runs.filter((run) => sameValues(run, given)).flatMap(({ id }) => journal.steps(id));
  return new Set(steps.filter(({ undone }) => undone).map(({ key }) => key));
}

/** Plans the undo of steps that the journal knows no work of: those whose guards say done. */
async function planByGuards(
  { library, host, far }: UndoOptions,
  target: Extract<UndoTarget, { id: string }>,
  undone: ReadonlySet<string>,
): Promise<UndoPlan> {
  const { id, given, env } = target;
  const plan = await makePlan({ library, id, given, env, selection: { only: [], skip: [] }, far });
  const own = plan.steps.filter((step) => step.runbook.id === id);
  const undoable = own.filter(({ step }) => step.undo.length > 0).reverse();
  const kept = own.flatMap(({ key, step }) => (step.keeps ? [{ key, why: step.keeps, runs: [] }] : []));
  const steps = undoable.map((step): UndoItem => {
    return { step, key: step.key, runs: [], ...(undone.has(step.key) ? { undone: true } : {}) };
  });
  return { title: `${id}, by its guards`, runbook: id, host, plan, steps, kept, held: [], gone: [] };
}

/** Plans the undo of the work of runs, the latest first; `only` of one runbook. */
function planRecorded(options: UndoOptions, runs: RunRecord[], work: Work[], only?: string): UndoPlan {
  const { journal, library } = options;
  const run = runs[0] as RunRecord;
  const line = new Set(runs.flatMap((own) => lineage(journal, own).map(({ id }) => id)));
  const later = journal
    .runs()
    .filter(({ kind, host, order, id }) => kind === "exec" && host === run.host && order > run.order && !line.has(id))
    .map((other) => ({ run: other, work: [...workOf(journal, other).values()] }));
  const held: UndoPlan["held"] = [];
  const free: Work[] = [];
  for (const one of work) {
    if (only !== undefined && runbookOf(one.key) !== only) continue;
    const holder = later.find((other) => standsOn(library.runbooks, other, one));
    if (holder) held.push({ key: one.key, run: holder.run.id });
    else free.push(one);
  }
  const found = undoneSteps({ journal, pages: library.runbooks, current: options.current ?? false }, free);
  if (found.steps.length + held.length + found.kept.length === 0) {
    throw new RunbookError("nothing-to-undo", `${run.id} left nothing that could be undone.`);
  }
  const title = `${run.id} (${only ?? run.runbook})`;
  return { title, runbook: only ?? run.runbook, host: run.host, plan: planOf(run, found.steps), held, ...found };
}

/** The plan of an undo: its steps in the order in which they are undone, with the values of their run. */
function planOf(run: RunRecord, steps: readonly UndoItem[]): Plan {
  const runbooks = [...new Map(steps.map(({ step }) => [step.runbook.id, step.runbook])).values()].reverse();
  const [first] = steps;
  const runbook = runbooks.find(({ id }) => id === run.runbook) ?? first?.step.runbook ?? bareRunbook(run.runbook);
  return { runbook, runbooks, steps: steps.map(({ step }) => step), values: recordedValues(run) };
}

function bareRunbook(id: string): Runbook {
  const span = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  return { id, title: id, file: "", span, requires: [], needs: [], params: [], targets: [], steps: [] };
}
