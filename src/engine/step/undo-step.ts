import type { StepError } from "../events.ts";
import type { SavedFile } from "../journal/record.ts";
import { targetFor } from "../plan/plan.ts";
import { EnterError } from "../shell/wire.ts";
import { checkLimitMs } from "./checks.ts";
import { phaseFailure } from "./failures.ts";
import { fileCommands, restoreFile } from "./file-step.ts";
import { held, runPhase } from "./phase.ts";
import type { StepInHand } from "./step-in-hand.ts";

/** How the undo of a step ended. */
export interface UndoResult {
  error?: StepError;
  /** Why something was left as it is. */
  detail?: string;
  /** The target could not be entered: either all that was in it has gone, or it is still to be undone. */
  unreached?: boolean;
}

/** What is known of the work that is undone. */
export interface UndoSource {
  /** The shell's state that the step left; absent where nothing is known of it. */
  state?: string | undefined;
  /** What was at the path of a `file` step before it wrote there. */
  saved?: SavedFile | undefined;
}

/** Undoes one step, from the shell state that it left where that is known. */
export async function undoStep(hand: StepInHand, source: UndoSource = {}): Promise<UndoResult> {
  const { step, run } = hand;
  if (step.step.file) return await undoFile(hand, source);
  for (const undo of [...step.step.undo].reverse()) {
    const target = targetFor(step, undo);
    try {
      if (source.state !== undefined && undo.on === undefined) {
        const shell = await run.targets.shell(target);
        await shell.restore(source.state, hand.mark);
        run.targets.forget(shell);
      }
      const timeoutMs = undo.timeoutMs ?? 2 * checkLimitMs;
      const result = await runPhase(hand, { phase: "undo", target, fence: undo, copy: true, timeoutMs });
      if (!held(result)) return { error: phaseFailure(step, undo, "undo", result, timeoutMs) };
    } catch (error) {
      if (!(error instanceof EnterError)) throw error;
      return unreached(target.name);
    }
  }
  return {};
}

async function undoFile(hand: StepInHand, { saved }: UndoSource): Promise<UndoResult> {
  const { step } = hand;
  const { fence } = step.step;
  const commands = fileCommands(step, hand.values);
  if (!saved) return { detail: `what was at ${commands.path} before is not known; it is left as it is` };
  const text = restoreFile(commands, saved);
  try {
    const result = await runPhase(hand, { phase: "undo", fence, text, copy: true });
    if (result.status === 9) return { detail: `${commands.path} was changed since; it is left as it is` };
    return held(result) ? {} : { error: phaseFailure(step, fence, "undo", result) };
  } catch (error) {
    if (!(error instanceof EnterError)) throw error;
    return unreached(step.target.name);
  }
}

/** A container that is stopped or gone must not keep the host from being undone. */
function unreached(target: string): UndoResult {
  return {
    detail: `the target \`${target}\` cannot be entered: it is gone, or what it holds is left`,
    unreached: true,
  };
}
