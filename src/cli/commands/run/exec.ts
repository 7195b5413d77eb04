import { runPlan } from "../../../engine/run/run.ts";
import { runbookOrder } from "../../../language/meaning/order.ts";
import { isPath } from "../../../library/is-path.ts";
import { type Context, flagValue } from "../../context.ts";
import { withJournal } from "../../journal.ts";
import { givenValues } from "../../line/given-values.ts";
import { readRunbook } from "../../pages.ts";
import { planFor, selectionOf } from "../../run/make-plan.ts";
import { afterRun } from "../../run/next-lines.ts";
import { rememberPage } from "../../run/page-of-run.ts";
import { checkFlags, perform, refuseWithoutRoot } from "../../run/perform.ts";
import { undoFailed } from "../../run/undo/undo-failed.ts";
import { showPlan } from "../../views/plan.ts";

/** Runs a runbook with what it requires. */
export async function run(context: Context): Promise<number> {
  checkFlags(context);
  const word = context.words[0] ?? "";
  const { library, runbook } = await readRunbook(context, word);
  const runbooks = runbookOrder(library.runbooks, runbook.id);
  const given = givenValues(context, runbooks);
  if (!context.flags.has("dry-run")) refuseWithoutRoot(context, runbooks);
  const plan = await planFor(context, { library, id: runbook.id, given, selection: selectionOf(context) });
  if (context.flags.has("dry-run")) {
    const { showDryRun } = await import("../../run/dry-run.ts");
    return await showDryRun(context, plan);
  }
  const destination = flagValue(context, "host");
  return await withJournal(context, async (journal) => {
    showPlan(context, plan, destination);
    let name: string | undefined;
    const exitCode = await perform({
      context,
      journal,
      plan,
      destination,
      kind: "exec",
      total: plan.steps.length,
      lines: afterRun(context),
      texts: library.texts,
      named: (run) => {
        name = run;
        if (isPath(word)) rememberPage(context, run, word);
      },
      go: (options) => runPlan(plan, options),
    });
    if (exitCode !== 1 || name === undefined || !context.flags.has("undo-on-failure")) return exitCode;
    await undoFailed(context, { journal, library, destination, plan, run: name });
    return exitCode;
  });
}
