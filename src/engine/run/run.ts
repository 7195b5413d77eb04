import { isFewDescriptors } from "../../errors/few-descriptors.ts";
import { RunbookError } from "../../errors/runbook-error.ts";
import type { StepError } from "../events.ts";
import type { Plan, PlanStep } from "../plan/plan.ts";
import { refuseChanges } from "../plan/plan-changes.ts";
import { EnterError } from "../shell/protocol/wire.ts";
import { enterFailure, failure, fewDescriptors } from "../step/phase/failures.ts";
import { type RunStepOptions, runStep } from "../step/run-step.ts";
import { type LiveRun, StepInHand } from "../step/step-in-hand.ts";
import { failed, type StepResult, skipped } from "../step/step-result.ts";
import { hostTarget } from "../target/target-key.ts";
import { computeValues } from "./begin/computed.ts";
import { refuseNeeds } from "./begin/needs.ts";
import type { OpenRun } from "./begin/open.ts";
import { keptValues } from "./begin/values.ts";
import { holdRun } from "./hold/hold-run.ts";
import type { FailContext, RunOptions, RunResult } from "./options.ts";
import { UndoSources } from "./undo-sources.ts";

/** Runs a plan: every step is in the journal before and after it. Throws what keeps the run from beginning. */
export async function runPlan(plan: Plan, options: RunOptions): Promise<RunResult> {
  if (options.resume) refuseChanges(options.journal, options.resume, plan);
  return await holdRun(
    plan,
    options,
    {},
    {
      refuse: ({ live }) => refuseNeeds(live, plan),
      work: (run) => runSteps(run, options),
    },
  );
}

/** Runs the steps in order. */
async function runSteps(run: OpenRun, options: RunOptions): Promise<"passed" | "failed"> {
  const { plan, live, log } = run;
  const past = run.past();
  const sources = new UndoSources(options.journal);
  const undoSource: RunStepOptions["undoSource"] = (key, id) => sources.beside(key, id);
  let broken = false;
  let computed: string | undefined;
  for (const step of plan.steps) {
    if (live.interrupt.first.aborted || ((broken || live.services.failed) && !options.keepGoing)) {
      log.stepFinished(step, { outcome: "cancelled", exitCode: null }, 0);
      continue;
    }
    if (!step.selected) {
      log.stepFinished(step, skipped("deselected"), 0);
      continue;
    }
    const begun = performance.now();
    const error = step.runbook.id === computed ? undefined : await beginRunbook(run, step);
    computed = step.runbook.id;
    const result = error ? failed(error, null) : await beginStep(run, step, { ...options, past, undoSource });
    log.stepFinished(step, result, Math.round(performance.now() - begun));
    live.targets.idle();
    if (result.outcome !== "failed") continue;
    broken = true;
    if (!error && !live.interrupt.first.aborted) await options.onFail?.(failContext(live, step));
  }
  return broken ? "failed" : "passed";
}

/** Works out the values of the runbook that begins with this step. */
async function beginRunbook({ plan, live, log }: OpenRun, step: PlanStep): Promise<StepError | undefined> {
  try {
    const values = await computeValues(plan, live, step.runbook);
    if (Object.keys(values).length > 0) log.valuesComputed(step.runbook.id, values, keptValues(plan, live.masker));
    return undefined;
  } catch (error) {
    if (error instanceof RunbookError && (error.code === "computed-failed" || error.code === "computed-bad"))
      return failure(step, step.step.fence, error.code, error.message, error.hint);
    if (isFewDescriptors(error)) return fewDescriptors(step);
    if (error instanceof EnterError) return enterFailure(step, step.step.fence, "host", error);
    throw error;
  }
}

async function beginStep(
  { live, log }: OpenRun,
  step: PlanStep,
  { ask, yes, each = false, past, undoSource }: RunOptions & Pick<RunStepOptions, "past" | "undoSource">,
): Promise<StepResult> {
  log.stepStarted(step);
  return await runStep(new StepInHand(live, step), { past, undoSource, ask, yes, each });
}

function failContext({ targets, values }: LiveRun, step: PlanStep): FailContext {
  const { target } = step;
  return {
    key: step.key,
    on: step.step.on,
    values,
    offer: (before, after) => targets.offer(target, before, after),
    offerOnHost: (script) => targets.offerScript(hostTarget, script),
    ...(target.command === undefined ? {} : { command: target.command }),
  };
}
