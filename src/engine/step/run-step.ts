import { isFewDescriptors } from "../../errors/few-descriptors.ts";
import type { PastWork } from "../plan/past-work.ts";
import { EnterError } from "../shell/protocol/wire.ts";
import { type Asking, askPerson } from "./ask-person.ts";
import { afterRestart, attemptStep, notEntered } from "./attempt.ts";
import { isDone } from "./is-done.ts";
import { fewDescriptors } from "./phase/failures.ts";
import { startService } from "./service/service.ts";
import type { StepInHand } from "./step-in-hand.ts";
import { failed, type StepResult, skipped } from "./step-result.ts";
import { type UndoSource, undoStep } from "./undo-step.ts";

/** What a step is run with, besides what its phases need. */
export interface RunStepOptions extends Asking {
  /** What the runs did that this one resumes. */
  past: PastWork;
  /** What the undo of a step that a run left in doubt starts from. */
  undoSource: (key: string, run: string) => UndoSource;
}

/** Runs one step of a run: when, guard, run, proof. What it does is in the journal before and after. */
export async function runStep(hand: StepInHand, options: RunStepOptions): Promise<StepResult> {
  try {
    return await tryStep(hand, options);
  } catch (error) {
    if (isFewDescriptors(error)) return failed(fewDescriptors(hand.step), null);
    if (!(error instanceof EnterError)) throw error;
    return failed(notEntered(hand, error), null);
  }
}

async function tryStep(hand: StepInHand, { past, undoSource, ...asking }: RunStepOptions): Promise<StepResult> {
  const { key, step } = hand.step;
  const doubt = past.doubtful.get(key);
  // What an earlier run of this line started has ended with that run.
  const verdict = await isDone(hand, { tidy: true, serviceEnded: step.background && doubt !== undefined });
  if (verdict.says === "broken") return failed(verdict.error, null);
  if (verdict.says === "not applicable") return skipped("when", verdict.why);
  if (verdict.says === "done") return skipped("guard");
  if (verdict.says === "unknown" && past.done.has(key) && step.sets.every((name) => hand.values.has(name))) {
    return skipped("journal");
  }
  const restarted = doubt?.start === undefined ? undefined : await afterRestart(hand, doubt.start);
  if (restarted) return restarted;
  // A service ends with its run on purpose; a resumed run only starts it again.
  const inDoubt = doubt !== undefined && !(step.background && doubt.ended);
  const refused = await askPerson(hand.step, inDoubt, asking);
  if (refused) return refused;
  if (doubt && inDoubt && (step.undo.length > 0 || step.file)) {
    const undone = await undoStep(hand, step.file ? { saved: doubt.saved } : undoSource(key, doubt.run));
    if (undone.error) return failed(undone.error, null);
    // Should it not begin again, there is nothing left that a later run would have to undo.
    if (undone.left === undefined && undone.unreached === undefined) hand.log.undone(hand.step, doubt.runs);
  }
  return step.background ? await startService(hand) : await attemptStep(hand);
}
