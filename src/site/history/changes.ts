/** One page's change by one commit. */
export interface Change {
  /** The page's file, as it is named from the checkout. */
  file: string;
  commit: string;
  /** ISO 8601. */
  date: string;
  subject: string;
}

/** What `git log` is asked for, a commit's fields in one line before the names of its files. */
export const logFormat = "--format=%x01%H%x02%cI%x02%s";

/**
 * The changes that a log tells of, the latest first. Where history was cut off, as in a shallow clone, the
 * oldest commits seem to have written every file: they tell nothing.
 */
export function changesOf(log: string, cutOff: ReadonlySet<string>): Change[] {
  return log
    .split("\x01")
    .filter(Boolean)
    .flatMap((entry) => {
      const [head = "", ...files] = entry.split("\n");
      const [commit = "", date = "", subject = ""] = head.split("\x02");
      if (cutOff.has(commit)) return [];
      return files.filter(Boolean).map((file) => ({ file, commit, date, subject }));
    });
}

/** When each file last changed. */
export function lastChanges(changes: readonly Change[]): Map<string, Date> {
  return new Map(changes.toReversed().map(({ file, date }) => [file, new Date(date)]));
}
