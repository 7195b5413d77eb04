import type { Journal } from "../journal/journal.ts";
import { lineage } from "../plan/lineage.ts";
import type { PlanStep } from "../plan/plan.ts";
import type { UndoItem, UndoPlan } from "../plan/plan-undo.ts";
import { isDone } from "../step/is-done.ts";
import { StepInHand } from "../step/step-in-hand.ts";
import { failed, type StepResult, skipped } from "../step/step-result.ts";
import { undoStep } from "../step/undo-step.ts";
import { computeValues } from "./computed.ts";
import { holdRun } from "./hold-run.ts";
import type { OpenRun } from "./open.ts";
import type { RunOptions, RunResult } from "./options.ts";

/** Runs an undo: each step from the shell state that it left, the last step first. */
export async function runUndo(undo: UndoPlan, options: RunOptions): Promise<RunResult> {
  return await holdRun(undo.plan, options, "undo", { work: (run) => undoSteps(run, undo, options) });
}

/** Undoes the steps, and records all that is gone with them. True where one failed. */
async function undoSteps(run: OpenRun, undo: UndoPlan, { journal, keepGoing }: RunOptions): Promise<boolean> {
  const { plan, live, log } = run;
  let broken = false;
  // What steps handed on may stand in a file's path and content, and in a target's command.
  const runs = new Set(
    undo.steps.flatMap((item) => (item.run === undefined ? [] : lineage(journal, journal.run(item.run)))),
  );
  for (const { id } of [...runs].sort((one, other) => one.order - other.order))
    for (const { name, value } of journal.sets(id)) live.values.set(name, value);
  if (undo.steps.some((item) => item.run === undefined)) await computeValues(plan, live, plan.runbook);
  for (const item of undo.steps) {
    const step = plan.steps.find(({ key }) => key === item.key);
    if (!step) continue;
    if (live.interrupt.first.aborted || (broken && !keepGoing)) {
      log.stepFinished(step, { outcome: "cancelled", exitCode: null }, 0);
      continue;
    }
    const begun = performance.now();
    log.stepStarted(step);
    const result = await undoItem(run, step, item, journal);
    log.stepFinished(step, result, Math.round(performance.now() - begun));
    live.targets.idle();
    if (result.outcome === "failed") broken = true;
  }
  if (!broken && !live.interrupt.first.aborted) for (const { run: id, key } of undo.gone) journal.markUndone(id, key);
  return broken;
}

/** Undoes one step. */
async function undoItem({ live, log }: OpenRun, step: PlanStep, item: UndoItem, journal: Journal): Promise<StepResult> {
  const hand = new StepInHand(live, step);
  if (item.run === undefined && (await isDone(hand)).says !== "done") return skipped("guard");
  log.begun(step, 1);
  const source =
    item.run === undefined
      ? {}
      : { state: journal.stateAfter(item.run, step.key), saved: journal.savedFile(item.run, step.key) };
  const { error, detail, unreached } = await undoStep(hand, source);
  if (error) return failed(error, 1);
  if (unreached) return skipped("guard", detail);
  if (item.run !== undefined) journal.markUndone(item.run, step.key);
  return { outcome: "passed", exitCode: 0, ...(detail ? { detail } : {}) };
}
