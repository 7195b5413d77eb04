import type { StepError } from "../../events.ts";
import { failure, phaseFailure } from "../phase/failures.ts";
import { runPhase } from "../phase/phase.ts";
import type { StepInHand } from "../step-in-hand.ts";
import { type FileCommands, readRefused, readSaved } from "./file-step.ts";

const refusedHint =
  "Let the step run as the user whose folder it is (a target such as `runuser --user NAME --`), or name another path.";

/** Why a `file` step's commands may not run at all: its path is none, or would show a secret. */
export function refusedPath({ step, run }: StepInHand, { problem, path }: FileCommands): StepError | undefined {
  const { fence } = step.step;
  if (problem !== undefined) {
    return failure(step, fence, "file-path-bad", problem, "Give the values that its `file` names others.");
  }
  // Folders and process lists show a file's name to everybody.
  if (run.masker.contains(path)) {
    const hint = "Name the file after a value that is no secret.";
    return failure(step, fence, "file-path-bad", "The path of the file contains a secret.", hint);
  }
  return undefined;
}

/** Keeps what is at a file's path, so that undo finds it; what can't be kept must not be lost. */
export async function keepFile(hand: StepInHand, commands: FileCommands): Promise<StepError | undefined> {
  const { step, log } = hand;
  const { fence } = step.step;
  const refusedName = refusedPath(hand, commands);
  if (refusedName) return refusedName;
  const text = commands.save;
  const before = await runPhase(hand, { phase: "run", fence, text, copy: true, silent: true, keptOutput: 2 ** 27 });
  if (before.how !== "ended" || before.status !== 0 || before.interrupted)
    return phaseFailure(step, fence, "run", before);
  const refused = readRefused(before.stdout);
  if (refused !== undefined) return failure(step, fence, "file-refused", refused, refusedHint);
  const saved = before.cut ? undefined : readSaved(commands.path, before.stdout);
  if (!saved) {
    const what = before.cut ? "is too large to be kept for undo" : "is neither a file nor a link";
    return failure(step, fence, "file-not-kept", `${commands.path} ${what}; it is left as it is.`);
  }
  log.fileSaved(step, saved);
  return undefined;
}
