import { stepHash } from "../language/hash.ts";
import { runbookOrder } from "../language/order.ts";
import type { Runbook } from "../language/runbook.ts";
import { RunbookError } from "./errors.ts";
import type { StepError } from "./events.ts";
import type { Journal } from "./journal/journal.ts";
import type { RunRecord } from "./journal/record.ts";
import type { Plan, PlanStep, PlanValue } from "./plan.ts";
import { makePlan } from "./plan-run.ts";
import { type RunOptions, type RunResult, shownValues } from "./run.ts";
import { computeValues } from "./runs/computed.ts";
import { lineage } from "./runs/lineage.ts";
import { holdHost, lockFile } from "./runs/lock.ts";
import { openSession } from "./runs/open.ts";
import { markOf, type Session } from "./runs/session.ts";
import { askCheck } from "./steps/checks.ts";
import { undoStep } from "./steps/undo-step.ts";
import { targetKey } from "./targets/targets.ts";

/** A step of an undo, in the order in which it is undone. */
export interface UndoItem {
  key: string;
  /** The run whose work it is; absent where the step's guard has to say whether there is any. */
  run?: string;
}

/** What an undo is going to do. */
export interface UndoPlan {
  title: string;
  /** The plan of the work, forwards; the undo goes through it backwards. */
  plan: Plan;
  /** What is undone, last step first. */
  steps: UndoItem[];
  /** What stays, with the page's reason. */
  kept: { key: string; why: string }[];
  /** What stays since a later run stands on it. */
  held: { key: string; run: string }[];
}

/** What to undo: what a run did, or a runbook's own steps. */
export type UndoTarget = { run: string } | { id: string; given: ReadonlyMap<string, string>; env: NodeJS.ProcessEnv };

/** Plans an undo. Throws where there is nothing that could be undone. */
export async function planUndo(options: {
  journal: Journal;
  library: { runbooks: ReadonlyMap<string, Runbook> };
  target: UndoTarget;
  host?: string;
}): Promise<UndoPlan> {
  const { journal, library, target } = options;
  if ("run" in target) return planRunUndo(journal, library, journal.run(target.run));
  const host = options.host ?? "localhost";
  const runs = journal.runs().filter((run) => run.kind === "exec" && run.host === host);
  const latest = runs.find((run) => holdsWork(journal, run, target.id) && sameValues(run, target.given));
  if (latest) return planRunUndo(journal, library, latest, target.id);
  const plan = await makePlan({
    library,
    id: target.id,
    given: target.given,
    env: target.env,
    selection: { only: [], skip: [] },
    ...(options.host === undefined ? {} : { host: options.host }),
  });
  const own = plan.steps.filter((step) => step.runbook.id === target.id);
  const steps = own.filter(hasUndo).map((step) => ({ key: step.key }));
  return { title: `${target.id}, by its guards`, plan, steps: steps.reverse(), kept: keptOf(own), held: [] };
}

const hasUndo = (step: PlanStep): boolean => step.step.undo.length > 0 || step.step.file !== undefined;

function keptOf(steps: PlanStep[]): { key: string; why: string }[] {
  return steps.flatMap((step) => (step.step.keeps ? [{ key: step.key, why: step.step.keeps }] : []));
}

/** The steps whose own commands a run (with those that it went on with) ran, and that are not undone. */
function workOf(journal: Journal, run: RunRecord): Map<string, string> {
  const work = new Map<string, string>();
  for (const record of lineage(journal, run).reverse()) {
    for (const step of journal.steps(record.id)) {
      const begun = step.begun !== undefined && (step.end === undefined || step.end.ran);
      if (begun && !step.undone) work.set(step.key, record.id);
    }
  }
  return work;
}

function holdsWork(journal: Journal, run: RunRecord, id: string): boolean {
  return [...workOf(journal, run).keys()].some((key) => key.startsWith(`${id}/`));
}

function sameValues(run: RunRecord, given: ReadonlyMap<string, string>): boolean {
  return [...given].every(([name, value]) => run.values[name] === value);
}

function planRunUndo(
  journal: Journal,
  library: { runbooks: ReadonlyMap<string, Runbook> },
  run: RunRecord,
  only?: string,
): UndoPlan {
  if (run.kind === "undo") {
    throw new RunbookError("not-undoable", `${run.id} is an undo itself.`, {
      hint: `To do its runbook again: runbook exec ${run.runbook}`,
    });
  }
  const work = workOf(journal, run);
  const line = new Set(lineage(journal, run).map((record) => record.id));
  const plan = planOf(library, run);
  const later = journal
    .runs()
    .filter(
      (other) => other.kind === "exec" && other.host === run.host && other.order > run.order && !line.has(other.id),
    );
  const held: UndoPlan["held"] = [];
  const steps: UndoItem[] = [];
  for (const step of plan.steps) {
    const doer = work.get(step.key);
    if (doer === undefined || (only !== undefined && step.runbook.id !== only) || !hasUndo(step)) continue;
    const holder = later.find((other) => standsOn(journal, library, other, step));
    if (holder) held.push({ key: step.key, run: holder.id });
    else steps.push({ key: step.key, run: doer });
  }
  const done = plan.steps.filter((step) => work.has(step.key) && (only === undefined || step.runbook.id === only));
  if (steps.length === 0 && held.length === 0) {
    throw new RunbookError("nothing-to-undo", `${run.id} left nothing that could be undone.`, {
      exitCode: 0,
      hint: "`runbook runs` shows what each run did.",
    });
  }
  return { title: `${run.id} (${only ?? run.runbook})`, plan, steps: steps.reverse(), kept: keptOf(done), held };
}

/** Whether a later run's work, not undone yet, stands on a step: it is of a runbook that requires the step's. */
function standsOn(
  journal: Journal,
  library: { runbooks: ReadonlyMap<string, Runbook> },
  run: RunRecord,
  step: PlanStep,
): boolean {
  const work = workOf(journal, run);
  for (const key of work.keys()) {
    const id = key.slice(0, key.indexOf("/"));
    if (id === step.runbook.id) continue;
    const requires = runbookOrder(library.runbooks, id).some((runbook) => runbook.id === step.runbook.id);
    if (requires) return true;
  }
  return false;
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
  const steps = order.flatMap((own) =>
    own.steps.map(
      (step): PlanStep => ({
        key: `${own.id}/${step.id}`,
        runbook: own,
        step,
        hash: stepHash(order, step),
        selected: true,
      }),
    ),
  );
  return { runbook, runbooks: order, steps, values, ...(run.host === "localhost" ? {} : { host: run.host }) };
}

/** Runs an undo: each step from the shell state that it left, the last step first. */
export async function runUndo(undo: UndoPlan, options: RunOptions): Promise<RunResult> {
  const begun = performance.now();
  const { plan } = undo;
  const session = await openSession(plan, options, "undo");
  const { journal, interrupt } = options;
  let ended = false;
  try {
    const shell = await session.targets.shell(targetKey("host", []));
    await holdHost(shell, session.host, journal, session.id);
    session.emit({
      type: "run-started",
      runbooks: plan.runbooks.map((runbook) => runbook.id),
      host: session.host.name,
      values: shownValues(session),
    });
    let failed = false;
    const runbook = plan.runbook;
    if (undo.steps.some((item) => item.run === undefined)) await computeValues(session, runbook, 0);
    for (const item of undo.steps) {
      const index = plan.steps.findIndex((step) => step.key === item.key);
      const step = plan.steps[index];
      if (!step) continue;
      if (interrupt.first.aborted || (failed && !options.keepGoing)) {
        session.counts.cancelled += 1;
        continue;
      }
      if (await undoItem(session, step, index, item)) failed = true;
    }
    shell.unlock(lockFile);
    await session.targets.quit();
    const outcome = interrupt.first.aborted ? "cancelled" : failed ? "failed" : "passed";
    const exitCode = interrupt.first.aborted ? 130 : failed ? 1 : 0;
    journal.finishRun(session.id, outcome, exitCode);
    ended = true;
    session.emit({
      type: "run-finished",
      outcome,
      exitCode,
      counts: session.counts,
      durationMs: Math.round(performance.now() - begun),
    });
    return { run: session.id, outcome, exitCode, values: shownValues(session) };
  } finally {
    if (!ended) {
      session.targets.drop();
      session.abandon();
    }
    await session.host.close();
  }
}

/** Undoes one step and tells of it. True where that failed. */
async function undoItem(session: Session, step: PlanStep, index: number, item: UndoItem): Promise<boolean> {
  const { journal } = session;
  const { runbook, step: own } = step;
  const begun = performance.now();
  const mark = markOf(session.id, index, 1);
  journal.startStep(session.id, step.key, 1);
  session.emit({
    type: "step-started",
    runbook: runbook.id,
    step: own.id,
    target: own.on,
    file: runbook.file,
    line: own.fence.span.start.line,
  });
  let error: StepError | undefined;
  let detail: string | undefined;
  let skip = false;
  if (item.run === undefined) skip = !(await guardsSayDone(session, step, mark));
  if (!skip) {
    const state = item.run === undefined ? undefined : journal.stateAfter(item.run, step.key);
    const source = item.run === undefined ? undefined : { run: item.run, ...(state === undefined ? {} : { state }) };
    const result = await undoStep(session, step, mark, source);
    error = result.error && { ...result.error, message: session.masker.text(result.error.message) };
    detail = result.detail;
    if (!error && item.run !== undefined) journal.markUndone(item.run, step.key);
  }
  const outcome = error ? "failed" : skip ? "skipped" : "passed";
  const durationMs = Math.round(performance.now() - begun);
  const rest = {
    ...(skip ? { reason: "guard" as const, detail: "not done" } : detail ? { detail } : {}),
    ...(error ? { error } : {}),
  };
  journal.finishStep(session.id, step.key, { outcome, exitCode: error ? 1 : 0, durationMs, ran: !skip, ...rest });
  session.targets.idle();
  session.counts[outcome] += 1;
  session.emit({
    type: "step-finished",
    runbook: runbook.id,
    step: own.id,
    target: own.on,
    outcome,
    exitCode: error ? 1 : 0,
    durationMs,
    ...rest,
  });
  return error !== undefined;
}

/** Whether a step's work is there, as its guards say; its proofs where it has no guard. */
async function guardsSayDone(session: Session, step: PlanStep, mark: string): Promise<boolean> {
  const checks = step.step.guard.length > 0 ? step.step.guard : step.step.proof;
  if (checks.length === 0) return false;
  for (const check of checks) if ((await askCheck(session, step, check, mark)).says !== "yes") return false;
  return true;
}
