import type { Journal } from "../journal/journal.ts";
import type { RunRecord } from "../journal/record.ts";

/** A run and those that it goes on with, the latest first. */
export function lineage(journal: Journal, run: RunRecord): RunRecord[] {
  const line = [run];
  const seen = new Set([run.id]);
  for (let before = run.resumes; before !== undefined && !seen.has(before); ) {
    seen.add(before);
    const record = journal.run(before);
    line.push(record);
    before = record.resumes;
  }
  return line;
}
