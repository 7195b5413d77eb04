import type { RunEvent, StepError } from "../../engine/events.ts";
import { ProofFailed, type ProofFailure } from "./findings/verdict.ts";
import type { Seen, Stages } from "./stages.ts";

/** The first run must pass, and print what the page shows. */
export function expectRun(stages: Stages, { outcome, transcript }: Seen): void {
  expectPassed(stages, { outcome, transcript }, "run");
  expectProving(stages, transcript);
  for (const { step, warnings } of transcript.finished.values()) {
    const [first] = warnings ?? [];
    if (!first) continue;
    const others = [...transcript.finished.values()].filter((end) => (end.warnings ?? []).length > 0);
    const differs = others.map((end) => ({ step: end.step, printed: transcript.stdoutOf(end.step) }));
    throw new ProofFailed({ ...failureOf(first, "run", step), differs });
  }
}

/** A proof without a guard that holds before its step has run would hold without the step, too. */
function expectProving({ runbook }: Stages, transcript: Seen["transcript"]): void {
  for (const { id, guard, proof, file } of runbook.steps) {
    const end = transcript.finished.get(id);
    const [first] = proof;
    if (end?.outcome !== "skipped" || end.reason !== "guard" || guard.length > 0 || file || !first) continue;
    throw new ProofFailed({
      stage: "run",
      step: id,
      message: `The proof of "${id}" holds before the step has run, so it proves nothing.`,
      hint: "Let it ask for what the step leaves, or give the step a guard where its work may be there already.",
      place: { file: runbook.file, ...first.span.start },
    });
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
  if (failed?.error) {
    const step = ownStep(stages, failed);
    const failure = failureOf(failed.error, stage, step);
    const said = step === null ? "" : seen.transcript.lastWordsOf(step);
    throw new ProofFailed({ ...failure, message: [failure.message, ...(said ? [said] : [])].join("\n") });
  }
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
