import type { StepError } from "../events.ts";
import type { PlanStep } from "../plan/plan.ts";
import type { Session } from "../run/session.ts";
import type { TargetKey } from "../target/target-key.ts";
import { failure, pieceFailure } from "./failures.ts";
import { type FileCommands, readRefused, readSaved } from "./file-step.ts";
import { runPiece } from "./phase.ts";

const refusedHint =
  "Let the step run as the user whose folder it is (a target such as `runuser --user NAME --`), or name another path.";

/** Why a `file` step's commands may not run at all: its path is none, or would show a secret. */
export function refusedPath(session: Session, step: PlanStep, commands: FileCommands): StepError | undefined {
  const { problem, path } = commands;
  if (problem !== undefined) {
    return failure(step, step.step.fence, "file-path-bad", problem, "Give the values that its `file` names others.");
  }
  // Folders and process lists show a file's name to everybody.
  if (session.masker.contains(path)) {
    const hint = "Name the file after a value that is no secret.";
    return failure(step, step.step.fence, "file-path-bad", "The path of the file contains a secret.", hint);
  }
  return undefined;
}

/** Keeps what is at a file's path, so that undo finds it; what can't be kept must not be lost. */
export async function keepFile(
  session: Session,
  step: PlanStep,
  target: TargetKey,
  mark: string,
  commands: FileCommands,
): Promise<StepError | undefined> {
  const { fence } = step.step;
  const refusedName = refusedPath(session, step, commands);
  if (refusedName) return refusedName;
  const text = commands.save;
  const piece = {
    step,
    phase: "run" as const,
    target,
    fence,
    text,
    copy: true,
    mark,
    silent: true,
    keptOutput: 2 ** 27,
  };
  const before = await runPiece(session, piece);
  if (before.how !== "ended" || before.status !== 0 || before.interrupted)
    return pieceFailure(step, fence, "run", before);
  const refused = readRefused(before.stdout);
  if (refused !== undefined) return failure(step, fence, "file-refused", refused, refusedHint);
  const saved = before.cut ? undefined : readSaved(commands.path, before.stdout);
  if (!saved) {
    const what = before.cut ? "is too large to be kept for undo" : "is neither a file nor a link";
    return failure(step, fence, "file-not-kept", `${commands.path} ${what}; it is left as it is.`);
  }
  // A secret is never kept: undo leaves such a file as it is.
  const secret = session.masker.contains(`${saved.content.toString("utf8")}${saved.link ?? ""}`);
  if (!secret && !session.journal.savedFile(session.id, step.key))
    session.journal.saveFile(session.id, step.key, saved);
  return undefined;
}
