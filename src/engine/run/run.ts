import { RunbookError } from "../../errors/runbook-error.ts";
import type { StepError } from "../events.ts";
import type { Plan, PlanStep } from "../plan/plan.ts";
import { refuseChanges } from "../plan/plan-changes.ts";
import { EnterError } from "../shell/wire.ts";
import { failure } from "../step/failures.ts";
import { runStep, type StepResult } from "../step/run-step.ts";
import { computeValues } from "./computed.ts";
import { holdRun } from "./hold-run.ts";
import { refuseNeeds } from "./needs.ts";
import type { RunOptions, RunResult } from "./options.ts";
import type { FailContext, Session } from "./session.ts";

export type { RunOptions, RunResult } from "./options.ts";
export type { Ask, FailContext } from "./session.ts";

/** Runs a plan: every step is in the journal before and after it. Throws what keeps the run from beginning. */
export async function runPlan(plan: Plan, options: RunOptions): Promise<RunResult> {
  if (options.resume) refuseChanges(options.journal, options.resume, plan);
  return await holdRun(plan, options, "exec", {
    refuse: (session) => refuseNeeds(session, plan),
    work: (session) => runSteps(session, options),
  });
}

async function runSteps(session: Session, options: RunOptions): Promise<boolean> {
  let failed = false;
  let computed: string | undefined;
  for (const step of session.plan.steps) {
    const stopped = options.interrupt.first.aborted || (failed && !options.keepGoing);
    let result: StepResult;
    if (!stopped && step.selected && step.runbook.id !== computed) {
      computed = step.runbook.id;
      const error = await beginRunbook(session, step);
      if (error) {
        finish(session, step, { outcome: "failed", exitCode: null, error, ran: false }, 0);
        failed = true;
        continue;
      }
    }
    if (stopped) result = { outcome: "cancelled", exitCode: null, ran: false };
    else if (!step.selected) result = { outcome: "skipped", exitCode: null, reason: "deselected", ran: false };
    else {
      const begun = performance.now();
      result = await beginStep(session, step);
      finish(session, step, result, Math.round(performance.now() - begun));
      if (result.outcome === "failed") {
        failed = true;
        if (!session.interrupt.first.aborted) await options.onFail?.(failContext(session, step));
      }
      continue;
    }
    finish(session, step, result, 0);
  }
  return failed;
}

/** Works out the values of the runbook that begins with this step. */
async function beginRunbook(session: Session, step: PlanStep): Promise<StepError | undefined> {
  try {
    const values = await computeValues(session, step.runbook);
    if (Object.keys(values).length === 0) return undefined;
    session.journal.setValues(session.id, keptValues(session));
    const shown = Object.entries(values).map(([name, text]) => [name, session.masker.text(text)]);
    session.emit({ type: "values", runbook: step.runbook.id, values: Object.fromEntries(shown) });
    return undefined;
  } catch (error) {
    if (error instanceof RunbookError && (error.code === "computed-failed" || error.code === "computed-bad"))
      return failure(step, step.step.fence, error.code, error.message, error.hint);
    throw error;
  }
}

function keptValues(session: Session): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const value of session.plan.values.values()) {
    if (value.text !== undefined && !value.parameter.secret && !session.masker.contains(value.text))
      kept[value.name] = value.text;
  }
  return kept;
}

async function beginStep(session: Session, step: PlanStep): Promise<StepResult> {
  const { runbook, step: own } = step;
  session.journal.startStep(session.id, step.key, 1);
  session.emit({
    type: "step-started",
    runbook: runbook.id,
    step: own.id,
    target: own.on,
    file: runbook.file,
    line: own.fence.span.start.line,
    ...(own.sets.length > 0 ? { sets: own.sets } : {}),
  });
  try {
    return await runStep(session, step);
  } catch (error) {
    if (!(error instanceof EnterError)) throw error;
    const failed = failure(
      step,
      own.fence,
      "target-unreachable",
      `The target \`${own.on}\` could not be entered: ${error.said.trim()}`,
    );
    return { outcome: "failed", exitCode: null, error: failed, ran: false };
  }
}

function finish(session: Session, step: PlanStep, result: StepResult, durationMs: number): void {
  const { masker } = session;
  const masked = (error: StepError): StepError => ({ ...error, message: masker.text(error.message) });
  const { outcome, exitCode, reason, detail, ran } = result;
  const error = result.error && masked(result.error);
  const warnings = result.warnings?.map(masked);
  const rest = {
    ...(reason ? { reason } : {}),
    ...(detail ? { detail } : {}),
    ...(warnings ? { warnings } : {}),
    ...(error ? { error } : {}),
  };
  // What was not reached, or left out on purpose, is no work of this run.
  if (outcome !== "cancelled")
    session.journal.finishStep(session.id, step.key, { outcome, exitCode, durationMs, ran, ...rest }, result.left);
  session.targets.idle();
  session.counts[outcome] += 1;
  session.emit({
    type: "step-finished",
    runbook: step.runbook.id,
    step: step.step.id,
    target: step.step.on,
    outcome,
    exitCode,
    durationMs,
    ...rest,
  });
}

function failContext(session: Session, step: PlanStep): FailContext {
  const { target } = step;
  const restore = session.targets.restoreText(target);
  return {
    step,
    target,
    values: session.values,
    ...(target.command === undefined ? {} : { command: target.command }),
    ...(restore === undefined ? {} : { restore }),
  };
}
