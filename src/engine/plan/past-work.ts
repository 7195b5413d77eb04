import type { Journal } from "../journal/journal.ts";
import type { RunRecord, SavedFile } from "../journal/record.ts";

/** What earlier runs did, for the run that resumes them. */
export interface PastWork {
  /** Steps that count as done, where neither guard nor proof can say so. */
  done: ReadonlySet<string>;
  /** Steps that were begun and did not end well. */
  doubtful: ReadonlyMap<string, Doubt>;
}

/** A step that was begun and did not end well. */
export interface Doubt {
  /** The run that began it last. */
  run: string;
  /** That run, and the earlier ones that began it and left it in doubt. */
  runs: string[];
  /** What was at the path of a `file` step before it wrote there. */
  saved: SavedFile | undefined;
  /** Which start of the host it was, where the step restarts it. */
  start: string | undefined;
  /** It ended well, and what it had left in the background ended with its run. */
  ended: boolean;
}

/** The past of a run that resumes no other. */
export const noPast: PastWork = { done: new Set(), doubtful: new Map() };

/** What a line of runs did, the latest first, and which steps they left in doubt. A later skip by a guard clears a doubt. */
export function pastWork(journal: Journal, line: readonly RunRecord[]): PastWork {
  const done = new Set<string>();
  const doubtful = new Map<string, Doubt>();
  for (const run of [...line].reverse()) {
    const work = journal.work(run.id);
    for (const { key, begun, end, undone, kept } of journal.steps(run.id)) {
      const skippedByCheck = end?.outcome === "skipped" && (end.reason === "when" || end.reason === "guard");
      if (undone || kept) {
        done.delete(key);
        doubtful.delete(key);
      } else if ((end?.outcome === "passed" && !end.workEnded) || skippedByCheck) {
        done.add(key);
        doubtful.delete(key);
      } else if (begun !== undefined) {
        done.delete(key);
        doubtful.set(key, {
          run: run.id,
          runs: [...(doubtful.get(key)?.runs ?? []), run.id],
          saved: journal.savedFile(run.id, key),
          start: work.find((one) => one.key === key)?.recipe?.start,
          ended: end?.outcome === "passed",
        });
      }
    }
  }
  return { done, doubtful };
}
