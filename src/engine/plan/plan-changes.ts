import { RunbookError } from "../../errors/runbook-error.ts";
import type { Journal } from "../journal/journal.ts";
import type { RunRecord } from "../journal/record.ts";
import type { Plan } from "./plan.ts";

/**
 * Throws `plan-changed` where a step of a run that is gone on with is not what it was when the run began.
 * `line` is the command to go on with.
 */
export function refuseChanges(journal: Journal, run: RunRecord, plan: Plan, line?: string): void {
  const [first, ...others] = changesSince(journal, run, plan);
  if (first === undefined) return;
  const more = others.length > 0 ? `, and ${others.length} more` : "";
  throw new RunbookError("plan-changed", `Since ${run.id} began, ${first}${more}.`, {
    ...(line === undefined ? {} : { hint: `Steps that are done are skipped by their guards: ${line}` }),
  });
}

/** The steps that changed, in words, with their places. */
function changesSince(journal: Journal, run: RunRecord, plan: Plan): string[] {
  const before = new Map(journal.steps(run.id).map((step) => [step.key, step.hash]));
  const now = new Set(plan.steps.map((step) => step.key));
  const gone = [...before.keys()].filter((key) => !now.has(key)).map((key) => `${key} is gone`);
  const changed = plan.steps
    .filter(({ key, hash }) => before.get(key) !== hash)
    .map(({ key, runbook, step }) => {
      const { line, column } = step.fence.span.start;
      return `${key} ${before.has(key) ? "changed" : "is new"} (${runbook.file}:${line}:${column})`;
    });
  return [...changed, ...gone];
}
