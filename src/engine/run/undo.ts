import type { StepError } from "../events.ts";
import { lineage } from "../plan/lineage.ts";
import type { PlanStep } from "../plan/plan.ts";
import type { UndoItem, UndoPlan } from "../plan/plan-undo.ts";
import { askCheck } from "../step/checks.ts";
import { undoStep } from "../step/undo-step.ts";
import { computeValues } from "./computed.ts";
import { holdRun } from "./hold-run.ts";
import type { RunOptions, RunResult } from "./options.ts";
import { markOf, type Session } from "./session.ts";

export { planUndo, type UndoPlan, type UndoTarget } from "../plan/plan-undo.ts";

/** Runs an undo: each step from the shell state that it left, the last step first. */
export async function runUndo(undo: UndoPlan, options: RunOptions): Promise<RunResult> {
  return await holdRun(undo.plan, options, "undo", { work: (session) => undoSteps(session, undo, options) });
}

/** Undoes the steps, and notes all that is gone with them. True where one failed. */
async function undoSteps(session: Session, undo: UndoPlan, options: RunOptions): Promise<boolean> {
  const { journal, interrupt, plan } = session;
  let failed = false;
  // What steps handed on may stand in a file's path and content, and in a target's command.
  const runs = new Set(undo.steps.flatMap(({ run }) => (run === undefined ? [] : lineage(journal, journal.run(run)))));
  for (const run of [...runs].sort((one, other) => one.order - other.order))
    for (const { name, value } of journal.sets(run.id)) session.values.set(name, value);
  if (undo.steps.some((item) => item.run === undefined)) await computeValues(session, plan.runbook);
  for (const item of undo.steps) {
    const step = plan.steps.find(({ key }) => key === item.key);
    if (!step) continue;
    if (interrupt.first.aborted || (failed && !options.keepGoing)) {
      session.counts.cancelled += 1;
      continue;
    }
    if (await undoItem(session, step, item)) failed = true;
  }
  if (!failed && !interrupt.first.aborted) for (const { run, key } of undo.gone) journal.markUndone(run, key);
  return failed;
}

/** Undoes one step and tells of it. True where that failed. */
async function undoItem(session: Session, step: PlanStep, item: UndoItem): Promise<boolean> {
  const { journal } = session;
  const { runbook, step: own } = step;
  const begun = performance.now();
  const mark = markOf(session.id, step.index, 1);
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
    skip = result.unreached ?? false;
    if (!error && !skip && item.run !== undefined) journal.markUndone(item.run, step.key);
  }
  const outcome = error ? "failed" : skip ? "skipped" : "passed";
  const durationMs = Math.round(performance.now() - begun);
  const rest = {
    ...(skip ? { reason: "guard" as const, ...(detail ? { detail } : {}) } : detail ? { detail } : {}),
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
