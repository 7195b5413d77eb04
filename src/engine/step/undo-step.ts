import type { Attached, Fence } from "../../language/model/runbook.ts";
import type { StepError } from "../events.ts";
import type { SavedFile } from "../journal/record.ts";
import { targetFor } from "../plan/plan.ts";
import { EnterError } from "../shell/protocol/wire.ts";
import type { TargetKey } from "../target/target-key.ts";
import { checkLimitMs } from "./checks.ts";
import { fileCommands, restoreFile } from "./file/file-step.ts";
import { enterFailure, failure, phaseFailure } from "./phase/failures.ts";
import { held, runPhase } from "./phase/phase.ts";
import { awaitRestart, restarts, startOfHost } from "./restart.ts";
import type { ShellKind, StepInHand } from "./step-in-hand.ts";

/** How the undo of a step ended; every field is absent where the undo worked. */
export interface UndoResult {
  error?: StepError;
  /** What its commands ended with, where they failed. */
  exitCode?: number | null;
  /** Why the step's work is left as it is. */
  left?: string;
  /** A target other than the host could not be entered: either all that was in it has gone, or it is still to be undone. */
  unreached?: string;
}

/** A target's shell, as an undo finds it. */
export interface UndoStart {
  target: TargetKey;
  /** The state that it starts from, and the kind of shell that left it; absent where it starts as it is. */
  state?: string;
  kind?: ShellKind;
  /** The shell is for this alone, and ends with it. */
  beside?: boolean;
}

/** The recorded facts about the work that is undone. */
export interface UndoSource {
  /** Where the commands for a target run; by default there, in the state that its shell has. */
  start?: (target: TargetKey) => UndoStart;
  /** What was at the path of a `file` step before it wrote there. */
  saved?: SavedFile | undefined;
}

/** Undoes one step, from the shell state that it left where that is known. */
export async function undoStep(hand: StepInHand, { saved, start = asItIs }: UndoSource): Promise<UndoResult> {
  if (hand.step.step.file) return await undoFile(hand, saved, start(hand.step.target).target);
  for (const undo of [...hand.step.step.undo].reverse()) {
    const place = start(targetFor(hand.step, undo));
    try {
      const failed = await runUndoText(hand, undo, place);
      if (failed) return failed;
    } catch (error) {
      if (!(error instanceof EnterError)) throw error;
      return notEntered(hand, undo, place.target, error);
    } finally {
      if (place.beside) await hand.run.targets.close(place.target);
    }
  }
  return {};
}

const asItIs = (target: TargetKey): UndoStart => ({ target });

async function runUndoText(
  hand: StepInHand,
  undo: Attached,
  { target, state, kind }: UndoStart,
): Promise<UndoResult | undefined> {
  const { step, run } = hand;
  if (state !== undefined) {
    const shell = await run.targets.shell(target);
    if (kind !== undefined && shell.kind !== kind) {
      const message = `The step ran in ${kind}, and \`${target.name}\` offers ${shell.kind} now: its state can't be restored.`;
      const hint = `Install ${kind} there, then undo it once more.`;
      return { error: failure(step, undo, "target-unreachable", message, hint) };
    }
    await shell.restore(state, hand.mark, false);
    run.targets.forget(shell);
  }
  const timeoutMs = undo.timeoutMs ?? 2 * checkLimitMs;
  const before = step.step.reboot ? await startOfHost(hand) : undefined;
  const result = await runPhase(hand, { phase: "undo", target, fence: undo, copy: true, timeoutMs });
  // What restarts the host may be undone by one more restart, where the host is not yet as it was.
  if (step.step.reboot && (await restarts(hand, result))) {
    const error = await awaitRestart(hand, before);
    return error && { error };
  }
  if (held(result)) return undefined;
  return { error: phaseFailure(step, undo, "undo", result, timeoutMs), exitCode: result.status };
}

async function undoFile(hand: StepInHand, saved: SavedFile | undefined, target: TargetKey): Promise<UndoResult> {
  const { step } = hand;
  const { fence } = step.step;
  const commands = fileCommands(step, hand.values, saved?.path);
  const { path } = commands;
  if (!saved) return { left: `what was at ${path} before is not known; it is left as it is` };
  try {
    const text = restoreFile(commands, saved);
    // An earlier undo may have taken the shell's folder away.
    const result = await runPhase(hand, { phase: "undo", target, fence, text, copy: true, anywhere: true });
    if (result.status === 9) return { left: `${path} was changed since; it is left as it is` };
    return held(result) ? {} : { error: phaseFailure(step, fence, "undo", result), exitCode: result.status };
  } catch (error) {
    if (!(error instanceof EnterError)) throw error;
    return notEntered(hand, fence, target, error);
  }
}

/** A container that is stopped or gone must not keep the host from being undone. What is on the host itself is there still. */
function notEntered({ step }: StepInHand, fence: Fence, target: TargetKey, error: EnterError): UndoResult {
  if (target.command === undefined) return { error: enterFailure(step, fence, target.name, error), exitCode: null };
  return { unreached: `the target \`${target.name}\` cannot be entered: it is gone, or what it holds is left` };
}
