import type { StepError } from "../events.ts";
import { type PlanStep, targetFor } from "../plan/plan.ts";
import type { Session } from "../run/session.ts";
import { EnterError } from "../shell/wire.ts";
import { checkLimitMs } from "./checks.ts";
import { pieceFailure } from "./failures.ts";
import { fileCommands, restoreFile } from "./file-step.ts";
import { runPiece } from "./phase.ts";

/** How the undo of a step ended. */
export interface UndoResult {
  error?: StepError;
  /** Why something was left as it is. */
  detail?: string;
  /** The target could not be entered: either all that was in it has gone, or it is still to be undone. */
  unreached?: boolean;
}

/** Where the state is found from which an undo starts. */
export interface UndoSource {
  /** The run that did the step's work. */
  run: string;
  /** The shell's state that the step left; absent where nothing is known of it. */
  state?: string;
}

/** Undoes one step, from the shell state that it left where that is known. */
export async function undoStep(
  session: Session,
  step: PlanStep,
  mark: string,
  source?: UndoSource,
): Promise<UndoResult> {
  if (step.step.file) return await undoFile(session, step, mark, source);
  for (const undo of [...step.step.undo].reverse()) {
    const target = targetFor(step, undo);
    try {
      if (source?.state !== undefined && undo.on === undefined) {
        const shell = await session.targets.shell(target);
        await shell.restore(source.state, mark);
        session.targets.forget(shell);
      }
      const limit = undo.timeoutMs ?? 2 * checkLimitMs;
      const result = await runPiece(session, {
        step,
        phase: "undo",
        target,
        fence: undo,
        copy: true,
        mark,
        timeoutMs: limit,
      });
      if (result.how !== "ended" || result.status !== 0 || result.interrupted) {
        return { error: pieceFailure(step, undo, "undo", result, limit) };
      }
    } catch (error) {
      if (!(error instanceof EnterError)) throw error;
      return unreached(target.name);
    }
  }
  return {};
}

async function undoFile(session: Session, step: PlanStep, mark: string, source?: UndoSource): Promise<UndoResult> {
  const { target } = step;
  const commands = fileCommands(step, session.values);
  const saved = session.journal.savedFile(source?.run ?? session.id, step.key);
  if (!saved) return { detail: `what was at ${commands.path} before is not known; it is left as it is` };
  const text = restoreFile(commands, saved);
  try {
    const result = await runPiece(session, {
      step,
      phase: "undo",
      target,
      fence: step.step.fence,
      text,
      copy: true,
      mark,
    });
    if (result.status === 9) return { detail: `${commands.path} was changed since; it is left as it is` };
    if (result.how === "ended" && result.status === 0) return {};
    return { error: pieceFailure(step, step.step.fence, "undo", result) };
  } catch (error) {
    if (!(error instanceof EnterError)) throw error;
    return unreached(target.name);
  }
}

/** A container that is stopped or gone must not keep the host from being undone. */
function unreached(target: string): UndoResult {
  return {
    detail: `the target \`${target}\` cannot be entered: it is gone, or what it holds is left`,
    unreached: true,
  };
}
