import type { StepError } from "../events.ts";
import type { PlanStep } from "../plan/plan.ts";
import type { Session } from "../run/session.ts";
import type { TargetKey } from "../target/target-key.ts";
import { failure, pieceFailure } from "./failures.ts";
import { type FileCommands, readSaved } from "./file-step.ts";
import { runPiece } from "./phase.ts";

/** Keeps what is at a file's path, so that undo finds it; what can't be kept must not be lost. */
export async function keepFile(
  session: Session,
  step: PlanStep,
  target: TargetKey,
  mark: string,
  commands: FileCommands,
): Promise<StepError | undefined> {
  const { fence } = step.step;
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
