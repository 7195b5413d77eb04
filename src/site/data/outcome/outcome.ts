/** What a runbook leaves, and what one does with it. In texts, backticks mark code, with `$NAME` of its parameters. */
export interface Outcome {
  /** What there is once it has run. */
  has: string;
  /** The command that stops it without deleting anything. */
  stop?: string;
  /** What its undo deletes. */
  deletes: string;
  /** The runbook, or the page, that one goes on to. */
  next?: string;
  /** Pages for what can go wrong in a step, by the step's id. */
  fails?: Record<string, string[]>;
}
