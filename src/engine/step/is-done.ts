import { doneChecks } from "../../language/model/runbook.ts";
import type { StepError } from "../events.ts";
import { askCheck } from "./checks.ts";
import { fileIsThere } from "./file/file-guard.ts";
import type { StepInHand } from "./step-in-hand.ts";

/** Whether the work of a step is there, as far as the page's own checks say. */
export type Verdict =
  /** Its `when` says that the step has no business here; `why` is what `when` printed. */
  | { says: "not applicable"; why: string }
  | { says: "done" }
  | { says: "not done" }
  /** Nothing can answer: the step only reads (`sets`), or it has neither guard nor proof. */
  | { says: "unknown" }
  | { says: "broken"; error: StepError };

/**
 * Decides whether a step is done: the one answer for exec, resume, dry run, status and undo.
 *
 * 1. Every `when` is asked, in order. One that says no: not applicable. One that is broken: broken.
 * 2. A step with `sets` only reads, so nothing can be done of it: unknown.
 * 3. A `file` step whose file is not there with the same bytes and mode: not done.
 * 4. Every guard is asked; where a step has neither guard nor `file`, every proof, each once. Of a service both are: it is
 *    done where it runs. One that says no: not done. A guard that is broken: broken; a proof that is broken says no.
 *    A service that is known to have ended has only its guards to say that another one does its work: without a guard it
 *    is not done, though its proofs hold still.
 * 5. Nothing was there to be asked: unknown. Else done.
 *
 * `tidy` takes away what a killed write has left beside a file, for a run that is about to write it. `serviceEnded`: the
 * step is a service that a run before this one started, and which has ended.
 *
 * Checks of a target that cannot be entered say no, and `when` there says yes.
 */
export async function isDone(hand: StepInHand, { tidy = false, serviceEnded = false } = {}): Promise<Verdict> {
  const { when, guard, file, sets } = hand.step.step;
  for (const check of when) {
    const answer = await askCheck(hand, check);
    if (answer.says === "broken") return answer;
    if (answer.says === "no") return { says: "not applicable", why: answer.printed };
  }
  if (sets.length > 0) return { says: "unknown" };
  if (file && !(await fileIsThere(hand, tidy))) return { says: "not done" };
  if (serviceEnded && guard.length === 0) return { says: "not done" };
  const checks = doneChecks(hand.step.step);
  for (const check of checks) {
    const answer = await askCheck(hand, check);
    if (answer.says === "broken") return answer;
    if (answer.says === "no") return { says: "not done" };
  }
  return { says: file || checks.length > 0 ? "done" : "unknown" };
}
