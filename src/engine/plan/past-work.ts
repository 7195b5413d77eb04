import type { Journal } from "../journal/journal.ts";
import type { RunRecord } from "../journal/record.ts";

/** What the runs did that a run goes on with. */
export interface PastWork {
  /** Steps that count as done, where nothing else can tell. */
  done: ReadonlySet<string>;
  /** Steps that were begun and did not end well, with the run that begun them last. */
  doubtful: ReadonlyMap<string, string>;
}

/** The past of a run that goes on with none. */
export const noPast: PastWork = { done: new Set(), doubtful: new Map() };

/** What a line of runs did, the latest first, and what they left in doubt. A later skip by a guard clears a doubt. */
export function pastWork(journal: Journal, line: readonly RunRecord[]): PastWork {
  const done = new Set<string>();
  const doubtful = new Map<string, string>();
  for (const run of [...line].reverse()) {
    for (const { key, begun, end, undone } of journal.steps(run.id)) {
      const skippedByCheck = end?.outcome === "skipped" && (end.reason === "when" || end.reason === "guard");
      if (undone) {
        done.delete(key);
        doubtful.delete(key);
      } else if (end?.outcome === "passed" || skippedByCheck) {
        done.add(key);
        doubtful.delete(key);
      } else if (begun !== undefined) {
        done.delete(key);
        doubtful.set(key, run.id);
      }
    }
  }
  return { done, doubtful };
}
