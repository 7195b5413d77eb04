import { isFewDescriptors } from "../../errors/few-descriptors.ts";
import type { Journal } from "../journal/journal.ts";
import { lineage } from "../plan/lineage.ts";
import type { Plan } from "../plan/plan.ts";
import type { UndoItem, UndoPlan } from "../plan/undo/undo-plan.ts";
import { isDone } from "../step/is-done.ts";
import { fewDescriptors } from "../step/phase/failures.ts";
import { type LiveRun, StepInHand } from "../step/step-in-hand.ts";
import { failed, left, type StepResult, skipped } from "../step/step-result.ts";
import { undoStep } from "../step/undo-step.ts";
import { computeValues } from "./begin/computed.ts";
import { notHandedOn } from "./begin/not-handed-on.ts";
import type { OpenRun } from "./begin/open.ts";
import { valuesOf } from "./begin/values.ts";
import { holdRun } from "./hold/hold-run.ts";
import type { RunOptions, RunResult } from "./options.ts";
import { UndoSources } from "./undo-sources.ts";

/** Runs an undo: each step from the shell state that it left, the last step first. */
export async function runUndo(undo: UndoPlan, options: RunOptions): Promise<RunResult> {
  const runs = undo.steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
  const undoes = [...new Set(runs)];
  return await holdRun(undo.plan, options, { undoes }, { work: (run) => undoSteps(run, undo, options) });
}

/** Undoes the steps, and records all that is gone or stays with them. */
async function undoSteps(
  run: OpenRun,
  undo: UndoPlan,
  { journal, keepGoing }: RunOptions,
): Promise<"passed" | "failed" | "left"> {
  const { plan, live, log } = run;
  const sources = new UndoSources(journal);
  let broken = false;
  if (undo.steps.some((item) => item.run === undefined)) await computeValues(plan, live, plan.runbook);
  for (const [index, item] of undo.steps.entries()) {
    const { step } = item;
    if (live.interrupt.first.aborted || (broken && !keepGoing)) {
      log.stepFinished(step, { outcome: "cancelled", exitCode: null }, 0);
      continue;
    }
    const begun = performance.now();
    log.stepStarted(step);
    if (item.run !== undefined) setValues(run, journal, item.run);
    const rest = undo.steps.slice(index + 1);
    const result = await undoItem(run, item, rest, sources);
    if (result.outcome === "passed") for (const id of item.runs) journal.markUndone(id, item.key);
    log.stepFinished(step, result, Math.round(performance.now() - begun));
    live.targets.idle();
    if (result.outcome === "failed") broken = true;
  }
  if (broken || live.interrupt.first.aborted) return "failed";
  settle(undo, journal);
  const own = undo.held.some(({ key }) => key.startsWith(`${undo.runbook}/`));
  return log.counts.left > 0 || own ? "left" : "passed";
}

/** Undoes one step; `rest` is still to be undone after it. */
async function undoItem(
  run: OpenRun,
  item: UndoItem,
  rest: readonly UndoItem[],
  sources: UndoSources,
): Promise<StepResult> {
  try {
    return await tryUndo(run, item, rest, sources);
  } catch (error) {
    if (!isFewDescriptors(error)) throw error;
    return failed(fewDescriptors(item.step), null);
  }
}

async function tryUndo(
  { plan, live, log }: OpenRun,
  item: UndoItem,
  rest: readonly UndoItem[],
  sources: UndoSources,
): Promise<StepResult> {
  const { step } = item;
  const hand = new StepInHand(live, step);
  const otherwise = item.run === undefined ? await unlessDone(plan, hand, item) : undefined;
  if (otherwise) return otherwise;
  log.begun(step, 1);
  const source = item.run === undefined ? {} : sources.of(item, item.run);
  const result = await undoStep(hand, source);
  if (result.error) return failed(result.error, result.exitCode ?? null);
  if (result.left !== undefined) return left(result.left);
  if (result.unreached === undefined) return { outcome: "passed", exitCode: 0 };
  // A step on the host that is undone next may take the target itself away.
  const goesWithHost = rest.some((other) => other.step.target.command === undefined);
  return goesWithHost ? skipped("guard", result.unreached) : left(result.unreached);
}

/** The end of a step whose guards alone can say whether there is work, where they do not say that there is. */
async function unlessDone(plan: Plan, hand: StepInHand, { undone }: UndoItem): Promise<StepResult | undefined> {
  // Where no guard can say it, the journal does.
  const unsaid = (why: string): StepResult => (undone ? skipped("journal") : left(why));
  const missing = notHandedOn(plan, hand.step, hand.values);
  if (missing)
    return unsaid(`it cannot be asked whether it is done: ${missing.by} hands ${missing.name} on in a run only`);
  const verdict = await isDone(hand);
  if (verdict.says === "done") return undefined;
  if (verdict.says === "broken") return failed(verdict.error, null);
  return verdict.says === "unknown" ? unsaid("nothing says whether it is done: it has no guard") : skipped("guard");
}

/** Gives the shells the values that a run had: its own, the secrets that were asked for, and what its steps handed on. */
function setValues({ live, plan }: OpenRun, journal: Journal, id: string): void {
  const line = lineage(journal, journal.run(id)).reverse();
  const own = Object.entries(line.at(-1)?.values ?? {});
  const sets = line.flatMap((run) => journal.sets(run.id).map(({ name, value }) => [name, value] as const));
  replace(live, new Map([...valuesOf(plan), ...own, ...sets]));
}

function replace({ values }: LiveRun, now: ReadonlyMap<string, string>): void {
  values.clear();
  for (const [name, value] of now) values.set(name, value);
}

/** Records what is gone with the steps that were undone, and what stays for good. */
function settle({ gone, kept }: UndoPlan, journal: Journal): void {
  for (const { key, runs } of gone) for (const id of runs) journal.markUndone(id, key);
  for (const { key, runs } of kept) for (const id of runs) journal.markKept(id, key);
}
