import type { PlanStep } from "../plan/plan.ts";
import type { Session } from "../run/session.ts";
import { EnterError } from "../shell/wire.ts";
import { fileCommands } from "./file-step.ts";
import { refusedPath } from "./keep-file.ts";
import { runPiece } from "./phase.ts";

/**
 * The guard that a `file` step has by itself: the same bytes are there. A target that cannot be entered has none.
 * `tidy` takes away what a killed write has left there: only a run that is about to write may.
 */
export async function fileIsThere(session: Session, step: PlanStep, mark: string, tidy = false): Promise<boolean> {
  const commands = fileCommands(step, session.values);
  if (refusedPath(session, step, commands)) return false;
  const text = tidy ? commands.guardAndTidy : commands.guard;
  try {
    const result = await runPiece(session, {
      step,
      phase: "guard",
      target: step.target,
      fence: step.step.fence,
      text,
      copy: true,
      mark,
    });
    return result.how === "ended" && result.status === 0;
  } catch (error) {
    if (error instanceof EnterError) return false;
    throw error;
  }
}
