import { runbookOrder } from "../../language/meaning/order.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import type { Journal } from "../journal/journal.ts";
import type { RunRecord } from "../journal/record.ts";
import { lineage } from "./lineage.ts";
import type { PlanStep } from "./plan.ts";

/**
 * The steps whose own commands a run (with those that it went on with) ran, and that are not undone; by which run. What
 * only reads is no work.
 */
export function workOf(journal: Journal, runbooks: ReadonlyMap<string, Runbook>, run: RunRecord): Map<string, string> {
  const work = new Map<string, string>();
  const reads = new Set(
    [...runbooks.values()].flatMap(({ id, steps }) =>
      steps.filter(({ sets }) => sets.length > 0).map((step) => `${id}/${step.id}`),
    ),
  );
  for (const record of lineage(journal, run).reverse()) {
    for (const step of journal.steps(record.id)) {
      if (step.begun !== undefined && !step.undone && !reads.has(step.key)) work.set(step.key, record.id);
    }
  }
  return work;
}

/** Whether a run has work of a runbook that is not undone. */
export function holdsWork(
  journal: Journal,
  runbooks: ReadonlyMap<string, Runbook>,
  run: RunRecord,
  id: string,
): boolean {
  return [...workOf(journal, runbooks, run).keys()].some((key) => runbookOf(key) === id);
}

/** Whether a run had these values, as far as they were given. */
export function sameValues(run: RunRecord, given: ReadonlyMap<string, string>): boolean {
  return [...given].every(([name, value]) => run.values[name] === value);
}

/** The id of a step's runbook, by the step's key. */
export function runbookOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}

/**
 * Whether the work of a later run, not undone yet, stands on a step of an earlier one: it is of a runbook that requires
 * the step's, or it did a later step of the same runbook with the same values.
 */
export function standsOn(
  runbooks: ReadonlyMap<string, Runbook>,
  later: { run: RunRecord; keys: readonly string[] },
  earlier: RunRecord,
  step: PlanStep,
): boolean {
  const { runbook } = step;
  const given = new Map(runbook.params.map(({ name }) => [name, earlier.values[name] ?? ""]));
  const order = runbook.steps.map(({ id }) => `${runbook.id}/${id}`);
  for (const key of later.keys) {
    const id = runbookOf(key);
    if (id === runbook.id) {
      if (sameValues(later.run, given) && order.indexOf(key) > order.indexOf(step.key)) return true;
      continue;
    }
    if (runbookOrder(runbooks, id).some((required) => required.id === runbook.id)) return true;
  }
  return false;
}
