import { RunbookError } from "../../errors/runbook-error.ts";
import { runbookOrder } from "../../language/meaning/order.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import type { Journal } from "../journal/journal.ts";
import type { RunRecord } from "../journal/record.ts";
import { lineage } from "./lineage.ts";
import { makePlan, planSteps } from "./make-plan.ts";
import type { Plan, PlanStep, PlanValue } from "./plan.ts";
import { holdsWork, runbookOf, sameValues, standsOn, workOf } from "./work.ts";

/** A step of an undo, in the order in which it is undone. */
export interface UndoItem {
  key: string;
  /** The run whose work it is; absent where the step's guard has to say whether there is any. */
  run?: string;
}

/** What an undo is going to do. */
export interface UndoPlan {
  title: string;
  /** The name of the host that the work is on. */
  host: string;
  /** The plan of the work, forwards; the undo goes through it backwards. */
  plan: Plan;
  /** What is undone, last step first. */
  steps: UndoItem[];
  /** What stays, with the page's reason. */
  kept: { key: string; why: string }[];
  /** What stays since a later run stands on it. */
  held: { key: string; run: string }[];
  /** All work that is gone once the steps are undone: that of steps inside what they made, too. */
  gone: { key: string; run: string }[];
}

/** What to undo: what a run did, or a runbook's own steps. */
export type UndoTarget = { run: string } | { id: string; given: ReadonlyMap<string, string>; env: NodeJS.ProcessEnv };

/** Plans an undo. Throws where there is nothing that could be undone. */
export async function planUndo(options: {
  journal: Journal;
  library: { runbooks: ReadonlyMap<string, Runbook> };
  target: UndoTarget;
  /** The name of the host whose work is undone, where a runbook is named. */
  host: string;
  /** That host is another machine. */
  far: boolean;
}): Promise<UndoPlan> {
  const { journal, library, target, host, far } = options;
  if ("run" in target) {
    const run = journal.run(target.run);
    return planRunUndo(journal, library, [run], workOf(journal, library.runbooks, run));
  }
  const runs = journal.runs().filter((run) => run.kind === "exec" && run.host === host);
  const latest = runs.find(
    (run) => holdsWork(journal, library.runbooks, run, target.id) && sameValues(run, target.given),
  );
  if (latest) {
    // What earlier runs with the same values did of it belongs to it, as one that was begun again does.
    const names = library.runbooks.get(target.id)?.params.map(({ name }) => name) ?? [];
    const values = new Map(
      names.flatMap((name) => (latest.values[name] === undefined ? [] : [[name, latest.values[name]]])),
    );
    const same = runs.filter((run) => holdsWork(journal, library.runbooks, run, target.id) && sameValues(run, values));
    const work = new Map([...same].reverse().flatMap((run) => [...workOf(journal, library.runbooks, run)]));
    return planRunUndo(journal, library, same, work, target.id);
  }
  const plan = await makePlan({
    library,
    id: target.id,
    given: target.given,
    env: target.env,
    selection: { only: [], skip: [] },
    far,
  });
  const own = plan.steps.filter((step) => step.runbook.id === target.id);
  const steps = own.filter(hasUndo).map((step) => ({ key: step.key }));
  return {
    title: `${target.id}, by its guards`,
    host,
    plan,
    steps: steps.reverse(),
    kept: keptOf(own),
    held: [],
    gone: [],
  };
}

const hasUndo = (step: PlanStep): boolean => step.step.undo.length > 0 || step.step.file !== undefined;

function keptOf(steps: PlanStep[]): { key: string; why: string }[] {
  return steps.flatMap((step) => (step.step.keeps ? [{ key: step.key, why: step.step.keeps }] : []));
}

/** Plans the undo of the work of runs, the latest first; `only` of one runbook. */
function planRunUndo(
  journal: Journal,
  library: { runbooks: ReadonlyMap<string, Runbook> },
  runs: RunRecord[],
  work: ReadonlyMap<string, string>,
  only?: string,
): UndoPlan {
  const run = runs[0] as RunRecord;
  if (run.kind === "undo") {
    throw new RunbookError("not-undoable", `${run.id} is an undo itself.`, {
      hint: `To do its runbook again: runbook exec ${run.runbook}`,
    });
  }
  const line = new Set(runs.flatMap((own) => lineage(journal, own).map((record) => record.id)));
  const plan = planOf(library, run);
  const later = journal
    .runs()
    .filter(
      (other) => other.kind === "exec" && other.host === run.host && other.order > run.order && !line.has(other.id),
    )
    .map((other) => ({ run: other, keys: [...workOf(journal, library.runbooks, other).keys()] }));
  const held: UndoPlan["held"] = [];
  const steps: UndoItem[] = [];
  for (const step of plan.steps) {
    const doer = work.get(step.key);
    if (doer === undefined || (only !== undefined && step.runbook.id !== only) || !hasUndo(step)) continue;
    const holder = later.find((other) => standsOn(library.runbooks, other, run, step));
    if (holder) held.push({ key: step.key, run: holder.run.id });
    else steps.push({ key: step.key, run: doer });
  }
  const done = plan.steps.filter((step) => work.has(step.key) && (only === undefined || step.runbook.id === only));
  if (steps.length === 0 && held.length === 0) {
    throw new RunbookError("nothing-to-undo", `${run.id} left nothing that could be undone.`, {
      hint: "`runbook runs` shows what each run did.",
    });
  }
  const holding = new Set(held.map(({ key }) => runbookOf(key)));
  const left = done.filter((step) => !holding.has(step.runbook.id)).map(({ key }) => key);
  // A step that was begun several times is gone from every run that began it.
  const gone = [...line].flatMap((id) => {
    const begun = new Set(journal.steps(id).flatMap((step) => (step.begun === undefined ? [] : [step.key])));
    return left.filter((key) => begun.has(key)).map((key) => ({ key, run: id }));
  });
  return {
    title: `${run.id} (${only ?? run.runbook})`,
    host: run.host,
    plan,
    steps: steps.reverse(),
    kept: keptOf(done),
    held,
    gone,
  };
}

/** The plan of a run that the journal has, with today's pages. */
function planOf(library: { runbooks: ReadonlyMap<string, Runbook> }, run: RunRecord): Plan {
  const runbook = library.runbooks.get(run.runbook);
  if (!runbook) {
    throw new RunbookError("page-missing", `The page of ${run.runbook} is not there any more.`, {
      hint: "Undo with the checkout that the run was made from.",
    });
  }
  const order = runbookOrder(library.runbooks, run.runbook);
  const values = new Map<string, PlanValue>();
  for (const own of order) {
    for (const parameter of own.params) {
      const text = run.values[parameter.name];
      values.set(parameter.name, {
        name: parameter.name,
        parameter,
        runbook: own.id,
        origin: "journal",
        ...(text === undefined ? {} : { text }),
      });
    }
  }
  const steps = planSteps(order);
  return { runbook, runbooks: order, steps, values };
}
