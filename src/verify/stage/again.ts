import type { Step } from "../../language/model/runbook.ts";
import { ProofFailed } from "./findings/verdict.ts";
import { expectPassed } from "./first-run.ts";
import type { Seen, Stages } from "./stages.ts";

/** The steps that a later run did anew, but for those that only read, and those in the background, which end with a run. */
export function ranAgain({ runbook }: Stages, { transcript }: Seen): Step[] {
  return runbook.steps.filter(
    ({ id, sets, background }) => transcript.finished.get(id)?.outcome === "passed" && sets.length === 0 && !background,
  );
}

/** A later run must skip every step that changes something: its guard says that the work is there. */
export function expectAgain(stages: Stages, seen: Seen, stage: "again" | "restart"): void {
  expectPassed(stages, seen, stage);
  for (const step of ranAgain(stages, seen)) {
    const nothingAsked = step.guard.length === 0 && step.proof.length === 0 && !step.file;
    const message = nothingAsked
      ? `"${step.id}" has neither guard nor proof, so it ran again.`
      : stage === "again"
        ? `"${step.id}" ran again: its ${step.guard.length > 0 ? "guard" : "proof"} says "not done" although the step had just passed.`
        : `"${step.id}" had to run again after the host restarted: its work did not outlive the restart.`;
    const [first] = step.guard.length > 0 ? step.guard : step.proof;
    const place =
      stage === "again" && first ? { file: stages.runbook.file, ...first.span.start } : stages.placeOf(step.id);
    throw new ProofFailed({
      stage,
      step: step.id,
      message,
      hint: nothingAsked
        ? "Give it a guard or a proof, or `sets` if it only reads."
        : stage === "again"
          ? "Let the guard ask for what the step leaves."
          : "Write it where the system reads it at boot: an enabled unit, a file below /etc.",
      place,
    });
  }
}
