import type { Journal } from "../../journal/journal.ts";
import type { RunRecord, WorkRecord } from "../../journal/record.ts";
import { lineage } from "../lineage.ts";

/** Work of a run: a step whose own commands it ran, and which is not undone. */
export interface Work extends WorkRecord {
  run: RunRecord;
  /** That run, and the earlier runs of its line that began the step, too. */
  runs: string[];
}

/** The work of a run and of the runs that it resumed; where several of them began a step, the latest. */
export function workOf(journal: Journal, run: RunRecord): Map<string, Work> {
  const work = new Map<string, Work>();
  for (const record of lineage(journal, run).reverse()) {
    for (const step of journal.work(record.id)) {
      const before = work.get(step.key)?.runs ?? [];
      work.set(step.key, { ...step, run: record, runs: [...before, record.id] });
    }
  }
  return work;
}

/** The id of a step's runbook, by the step's key. */
export function runbookOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}

/** Whether a run has work of a runbook that is not undone. */
export function holdsWork(journal: Journal, run: RunRecord, id: string): boolean {
  return [...workOf(journal, run).keys()].some((key) => runbookOf(key) === id);
}

/** Whether a run had these values, as far as they were given. */
export function sameValues(run: RunRecord, given: ReadonlyMap<string, string>): boolean {
  return [...given].every(([name, value]) => run.values[name] === value);
}
