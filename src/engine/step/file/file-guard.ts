import { EnterError } from "../../shell/protocol/wire.ts";
import { held, runPhase } from "../phase/phase.ts";
import type { StepInHand } from "../step-in-hand.ts";
import { fileCommands } from "./file-step.ts";
import { refusedPath } from "./keep-file.ts";

/**
 * The guard that a `file` step has by itself: the same bytes are there. A target that cannot be entered has none.
 * `tidy` takes away what a killed write has left there: only a run that is about to write may.
 */
export async function fileIsThere(hand: StepInHand, tidy: boolean): Promise<boolean> {
  const { step, values } = hand;
  const commands = fileCommands(step, values);
  if (refusedPath(hand, commands)) return false;
  const text = tidy ? commands.guardAndTidy : commands.guard;
  try {
    return held(await runPhase(hand, { phase: "guard", fence: step.step.fence, text, copy: true, anywhere: true }));
  } catch (error) {
    if (error instanceof EnterError) return false;
    throw error;
  }
}
