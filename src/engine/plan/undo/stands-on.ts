import { runbookOrder } from "../../../language/meaning/order.ts";
import type { Runbook } from "../../../language/model/runbook.ts";
import type { RunRecord } from "../../journal/record.ts";
import { recordedRunbook } from "./recorded-step.ts";
import { runbookOf, type Work } from "./work.ts";

/** A later run, with its work that is not undone. */
export interface LaterRun {
  run: RunRecord;
  work: readonly Work[];
}

/**
 * Whether the work of a later run stands on that of an earlier one, so that the earlier has to wait with its undo:
 * - it wrote the same file on the same target,
 * - it is of a runbook that requires the earlier step's,
 * - or it is the same step or a later one of the same runbook, with the same values.
 */
export function standsOn(pages: ReadonlyMap<string, Runbook>, later: LaterRun, earlier: Work): boolean {
  const id = runbookOf(earlier.key);
  const order = later.run.steps.map(({ key }) => key);
  const runbooks = runbooksOf(pages, later.run);
  return later.work.some((work) => {
    if (sameFile(work, earlier)) return true;
    const laterId = runbookOf(work.key);
    if (laterId !== id) return runbookOrder(runbooks, laterId).some((required) => required.id === id);
    const place = order.indexOf(earlier.key);
    return place >= 0 && order.indexOf(work.key) >= place && sameRunbookValues(runbooks.get(id), work, earlier);
  });
}

/** The runbooks of a run as it recorded them; as today's pages have them where it is older than that record. */
function runbooksOf(pages: ReadonlyMap<string, Runbook>, run: RunRecord): ReadonlyMap<string, Runbook> {
  if (run.runbooks.length === 0) return pages;
  return new Map(run.runbooks.map((outline) => [outline.id, recordedRunbook(outline)]));
}

function sameRunbookValues(runbook: Runbook | undefined, one: Work, other: Work): boolean {
  return (runbook?.params ?? []).every(({ name }) => one.run.values[name] === other.run.values[name]);
}

/** Whether two steps wrote one file: the same path on the same machine. */
function sameFile(one: Work, other: Work): boolean {
  return one.path !== undefined && one.path === other.path && sameTarget(one, other);
}

function sameTarget(one: Work, other: Work): boolean {
  if (one.target !== other.target) return false;
  const names = [...one.target.matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)].map(([, name]) => name as string);
  return names.every((name) => one.run.values[name] === other.run.values[name]);
}
