import { runPlan } from "../../engine/run/run.ts";
import { runbookOrder } from "../../language/meaning/order.ts";
import { type Context, flagValue } from "../context.ts";
import { withJournal } from "../journal.ts";
import { givenValues } from "../line/given-values.ts";
import { isPath, readRunbook } from "../pages.ts";
import { planFor, selectionOf } from "../run/make-plan.ts";
import { rememberPage } from "../run/page-of-run.ts";
import { checkFlags, perform, refuseWithoutRoot } from "../run/perform.ts";
import { showPlan } from "../views/plan.ts";

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
    const { showDryRun } = await import("../run/dry-run.ts");
    return await showDryRun(context, plan);
  }
  const destination = flagValue(context, "host");
  return await withJournal(context, (journal) => {
    showPlan(context, plan, destination);
    return perform({
      context,
      journal,
      plan,
      destination,
      kind: "exec",
      total: plan.steps.length,
      texts: library.texts,
      ...(isPath(word) && { onStart: (run) => rememberPage(context, run, word) }),
      go: (options) => runPlan(plan, options),
    });
  });
}
