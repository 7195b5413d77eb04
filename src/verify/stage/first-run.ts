import type { RunEvent, StepError } from "../../engine/events.ts";
import type { Seen, Stages } from "./stages.ts";
import { ProofFailed, type ProofFailure } from "./verdict.ts";

/** The first run must pass, and print what the page shows. */
export function expectRun(stages: Stages, { outcome, transcript }: Seen): void {
  expectPassed(stages, { outcome, transcript }, "run");
  for (const { step, warnings } of transcript.finished.values()) {
    const [differs] = warnings ?? [];
    if (differs) throw new ProofFailed(failureOf(differs, "run", step));
  }
}

/** Throws where a run's step failed, with the step's own words and place. */
export function expectPassed(
  stages: Stages,
  seen: Pick<Seen, "outcome" | "transcript">,
  stage: ProofFailure["stage"],
): void {
  if (seen.outcome === "passed" || seen.outcome === "nothing") return;
  const failed = seen.transcript.all.find(({ outcome }) => outcome === "failed");
  if (failed?.error) throw new ProofFailed(failureOf(failed.error, stage, ownStep(stages, failed)));
  throw new ProofFailed({ stage, step: null, message: "The run failed.", place: stages.placeOf(null) });
}

/** A step of a required runbook is none of the runbook's. */
function ownStep(
  { runbook }: Stages,
  { runbook: id, step }: Extract<RunEvent, { type: "step-finished" }>,
): string | null {
  return id === runbook.id ? step : null;
}

/** A step's error as a failure of the proof. */
export function failureOf(error: StepError, stage: ProofFailure["stage"], step: string | null): ProofFailure {
  const { message, hint, file, line, column } = error;
  return { stage, step, message, ...(hint && { hint }), place: { file, line, column } };
}
