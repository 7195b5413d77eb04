import type { Transcript } from "../../evidence/transcript.ts";
import { expectPassed, failureOf } from "../first-run.ts";
import type { Finding } from "../process/job.ts";
import type { Seen, Stages } from "../stages.ts";
import { ProofFailed } from "./verdict.ts";

/** A stage after which proofs are asked, by what a failure then begins with. */
const AFTER = {
  run: "",
  restart: "After the host restarted: ",
  script: "After the exported script: ",
  copied: "After the copied script: ",
} as const;
type StandingStage = keyof typeof AFTER;

/** Every proof must hold, of steps that a guard skipped, too. */
export function expectStanding(stages: Stages, findings: readonly Finding[], stage: StandingStage): void {
  for (const { step: key, state, error } of findings) {
    if (state !== "fails" && state !== "broken") continue;
    const step = idOf(key);
    const failure = error
      ? failureOf(error, stage, step)
      : { stage, step, message: `The proof of "${step}" does not hold.`, place: stages.placeOf(step) };
    throw new ProofFailed({ ...failure, message: `${AFTER[stage]}${failure.message}` });
  }
}

/**
 * Undo must pass, and afterwards each guard must say "not done", but for steps that keep their work, and for those whose
 * work was there before the runbook ran.
 */
export function expectUndone(stages: Stages, undo: Seen, first: Transcript, findings: readonly Finding[]): void {
  expectPassed(stages, undo, "undo");
  for (const { step: key, state, error } of findings) {
    const id = idOf(key);
    const step = stages.runbook.steps.find((own) => own.id === id);
    if (!step || step.keeps !== undefined) continue;
    const wasDone = first.finished.get(id)?.outcome === "skipped";
    if (state === "broken" && error) throw new ProofFailed(failureOf(error, "undo", id));
    if (state !== "holds" || wasDone) continue;
    const [guard] = step.guard;
    throw new ProofFailed({
      stage: "undo",
      step: id,
      message: `After undo the ${guard ? "guard" : "proof"} of "${id}" still says that its work is done.`,
      hint:
        step.undo.length > 0 ? "Its undo leaves it, or the guard asks for something else." : "The step has no undo.",
      place: guard ? { file: stages.runbook.file, ...guard.span.start } : stages.placeOf(id),
    });
  }
}

/** No proof may do its step's work: it would hold without the step. */
export function expectIdle({ runbook }: Stages, findings: readonly Finding[]): void {
  const working = findings.find(({ state }) => state === "holds");
  const step = runbook.steps.find(({ id }) => working && id === idOf(working.step));
  const [proof] = step?.proof ?? [];
  if (!step || !proof) return;
  throw new ProofFailed({
    stage: "run",
    step: step.id,
    message: `The proof of "${step.id}" does the step's work: asked on a clean host, it leaves what the step should leave.`,
    hint: "Let the proof only look, and the step do the work.",
    place: { file: runbook.file, ...proof.span.start },
  });
}

function idOf(key: string): string {
  return key.slice(key.indexOf("/") + 1);
}
