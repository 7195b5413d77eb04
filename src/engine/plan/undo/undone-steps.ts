import type { Runbook } from "../../../language/model/runbook.ts";
import type { Journal } from "../../journal/journal.ts";
import { planSteps } from "../make-plan.ts";
import type { PlanStep } from "../plan.ts";
import { recordedStep, sameUndo } from "./recorded-step.ts";
import { sameStart } from "./same-start.ts";
import type { UndoItem, UndoPlan } from "./undo-plan.ts";
import { runbookOf, type Work } from "./work.ts";

/** Which steps of some work are undone, which stay, and which go with the rest. */
export interface UndoneSteps {
  steps: UndoItem[];
  kept: UndoPlan["kept"];
  gone: UndoPlan["gone"];
}

/** What the decision is made by. */
export interface UndoRecords {
  journal: Journal;
  /** Today's pages. */
  pages: ReadonlyMap<string, Runbook>;
  /** Take today's undo of a step where it differs from the recorded one. */
  current: boolean;
}

/** Decides for each step's work how it is undone, by the step's own record; the step that began last comes first. */
export function undoneSteps({ journal, pages, current }: UndoRecords, work: readonly Work[]): UndoneSteps {
  const found: UndoneSteps = { steps: [], kept: [], gone: [] };
  const seen = new Map<string, { step: PlanStep; work: Work }[]>();
  for (const one of [...work].sort((a, b) => b.begun - a.begun)) {
    const { step, otherToday } = stepOf(pages, one, current);
    const { key, run, runs } = one;
    if (!step) {
      found.kept.push({ key, why: "its page is gone, and the run recorded no undo of it", runs });
      continue;
    }
    const { undo, file, keeps, background } = step.step;
    if (undo.length === 0 && !file) {
      if (keeps !== undefined) found.kept.push({ key, why: keeps, runs });
      // The service has ended with its run.
      else if (background) found.gone.push({ key, runs });
      else if (step.target.command === undefined || !isMade(work, one)) {
        found.kept.push({ key, why: "it has no undo", runs, ...(otherToday && { otherToday }) });
      } else found.gone.push({ key, runs });
      continue;
    }
    // Each file that was replaced is a thing of its own. Of several runs that did another step, the later ones were told by a
    // guard that the work of the earlier was gone; where nothing was asked, each may have made a thing of its own.
    const before = seen.get(key) ?? [];
    const isSame = (later: { step: PlanStep; work: Work }): boolean =>
      sameUndo(later.step, step) && (!later.work.recipe?.unguarded || sameStart(journal, step, later.work, one));
    if (!file && before.some(isSame)) {
      found.gone.push({ key, runs });
      continue;
    }
    const index = found.steps.length;
    const item = {
      step: { ...step, index, key: before.length > 0 ? `${key} of ${run.id}` : key },
      key,
      run: run.id,
      runs,
      ...(otherToday ? { otherToday } : {}),
    };
    seen.set(key, [...before, { step, work: one }]);
    found.steps.push(item);
  }
  return found;
}

/** Whether the place that a step worked in was made by work that is undone with it: an earlier step on the host. */
function isMade(work: readonly Work[], inside: Work): boolean {
  return work.some(({ begun, target }) => begun < inside.begun && target === "host");
}

/** The step as its run recorded it; as today's page has it where that is wanted, or where there is no record. */
function stepOf(
  pages: ReadonlyMap<string, Runbook>,
  work: Work,
  current: boolean,
): { step?: PlanStep; otherToday: boolean } {
  const runbook = pages.get(runbookOf(work.key));
  const today = runbook && planSteps([runbook]).find(({ key }) => key === work.key);
  if (!work.recipe) return { ...(today ? { step: today } : {}), otherToday: false };
  const outline = work.run.runbooks.find(({ id }) => id === runbookOf(work.key));
  const bare = { id: runbookOf(work.key), page: work.recipe.page, requires: [], needs: [], params: [] };
  const step = { ...recordedStep(work, work.recipe, outline ?? bare), index: 0 };
  const differs = today !== undefined && !step.step.file && today.step.undo.length > 0 && !sameUndo(today, step);
  return differs && current ? { step: today, otherToday: false } : { step, otherToday: differs };
}
