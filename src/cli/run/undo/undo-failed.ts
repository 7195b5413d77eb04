import type { Journal } from "../../../engine/journal/journal.ts";
import type { Plan } from "../../../engine/plan/plan.ts";
import { planUndo } from "../../../engine/plan/undo/plan-undo.ts";
import { hostName } from "../../../engine/target/host.ts";
import { RunbookError } from "../../../errors/runbook-error.ts";
import type { Library } from "../../../library/library.ts";
import type { Context } from "../../context.ts";
import { showUndo } from "../../views/undo.ts";
import { performUndo } from "./perform-undo.ts";

/** A run that failed, with what it was made from. */
export interface FailedRun {
  journal: Journal;
  library: Library;
  destination: string | undefined;
  plan: Plan;
  run: string;
}

/** Undoes what a run did that has just failed, the last step first. */
export async function undoFailed(context: Context, failed: FailedRun): Promise<void> {
  const { journal, library, destination, run } = failed;
  const undo = await planUndo({
    journal,
    library,
    target: { run },
    host: hostName(destination),
    far: destination !== undefined,
  }).catch((error: unknown) => {
    if (error instanceof RunbookError && error.code === "nothing-to-undo") return undefined;
    throw error;
  });
  if (!undo) return;
  showUndo(context, undo);
  if (undo.steps.length === 0) return;
  // The run was given its secrets, so they are known here.
  for (const value of undo.plan.values.values()) {
    const known = failed.plan.values.get(value.name)?.text;
    if (value.text === undefined && known !== undefined) value.text = known;
  }
  await performUndo(context, { journal, undo, texts: library.texts, words: [run], append: true });
}
