import type { Journal } from "../../../engine/journal/journal.ts";
import type { RunRecord } from "../../../engine/journal/record.ts";
import { beforeRefusal, resumedValues, selectAsBefore } from "../../../engine/plan/resumed.ts";
import { runPlan } from "../../../engine/run/run.ts";
import { destinationOf } from "../../../engine/target/host.ts";
import { RunbookError } from "../../../errors/runbook-error.ts";
import type { Context } from "../../context.ts";
import { withJournal } from "../../journal.ts";
import { readRunbook } from "../../pages.ts";
import { planFor } from "../../run/make-plan.ts";
import { afterRun, execLine, undoLine } from "../../run/next-lines.ts";
import { recallPage, rememberPage } from "../../run/page-of-run.ts";
import { checkFlags, perform, refuseWithoutRoot } from "../../run/perform.ts";
import { showPlan } from "../../views/plan.ts";

/** Goes on with a run that was broken off. */
export async function run(context: Context): Promise<number> {
  checkFlags(context);
  return await withJournal(context, async (journal) => {
    const record = findRun(context, journal);
    const page = recallPage(context, record.id);
    const { library, runbook } = await readRunbook(context, page ?? record.runbook);
    const destination = destinationOf(record.host);
    const runbooks = [...library.runbooks.values()];
    if (destination === undefined) refuseWithoutRoot(context, runbooks);
    const given = resumedValues(record, runbooks);
    const plan = await planFor(context, { library, id: runbook.id, given, destination });
    selectAsBefore(journal, record, plan, execLine(context, record, plan));
    showPlan(context, plan, destination);
    return await perform({
      context,
      journal,
      plan,
      destination,
      kind: "exec",
      total: plan.steps.length,
      lines: afterRun(context),
      texts: library.texts,
      ...(page !== undefined && { named: (run) => rememberPage(context, run, page) }),
      go: (options) => runPlan(plan, { ...options, resume: record }),
    });
  });
}

/** The run that is named; without a name the latest that did not end well and was not gone on with. */
function findRun(context: Context, journal: Journal): RunRecord {
  const [word] = context.words;
  if (word === undefined) {
    const runs = journal.runs();
    const goneOn = new Set(runs.map(({ resumes }) => resumes));
    const latest = runs.find(({ id, kind, outcome }) => kind === "exec" && outcome !== "passed" && !goneOn.has(id));
    if (latest) return beforeRefusal(latest, runs);
    throw new RunbookError("nothing-to-resume", "There is no run to go on with.", {
      hint: "`./runbook runs` lists them.",
    });
  }
  const record = journal.run(word);
  if (record.kind === "undo") {
    throw new RunbookError("not-resumable", `${record.id} is an undo.`, {
      hint: `To go on with it: ${undoLine(context, record)}`,
    });
  }
  if (record.outcome !== "passed") return record;
  throw new RunbookError("nothing-to-resume", `${record.id} passed: there is nothing to go on with.`);
}
