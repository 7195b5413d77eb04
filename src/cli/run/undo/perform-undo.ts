import type { Journal } from "../../../engine/journal/journal.ts";
import type { UndoPlan } from "../../../engine/plan/undo/undo-plan.ts";
import { runUndo } from "../../../engine/run/undo.ts";
import { destinationOf } from "../../../engine/target/host.ts";
import type { Context } from "../../context.ts";
import { afterUndo } from "../next-lines.ts";
import { type Performance, perform } from "../perform.ts";

/** An undo that is planned, shown and wanted. */
interface PlannedUndo extends Pick<Performance, "texts" | "append"> {
  journal: Journal;
  undo: UndoPlan;
  /** The words that name it on the command line, to go on with it. */
  words: readonly string[];
}

/** Does an undo on the host whose work it takes away; the number is what the process exits with. */
export async function performUndo(
  context: Context,
  { journal, undo, texts, words, append = false }: PlannedUndo,
): Promise<number> {
  return await perform({
    ...{ context, journal, texts, append },
    plan: undo.plan,
    destination: destinationOf(undo.host),
    kind: "undo",
    total: undo.steps.length,
    lines: afterUndo(context, words),
    go: (options) => runUndo(undo, options),
  });
}
