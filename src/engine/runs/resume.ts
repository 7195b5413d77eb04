import { quoteShell } from "../../language/quote.ts";
import { RunbookError } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import type { RunRecord } from "../journal/record.ts";
import type { Plan } from "../plan.ts";

/** Throws `plan-changed` where a step of a run that is gone on with is not what it was when the run began. */
export function refuseChanges(journal: Journal, run: RunRecord, plan: Plan): void {
  const before = new Map(journal.steps(run.id).map((step) => [step.key, step.hash]));
  const now = new Set(plan.steps.map((step) => step.key));
  const gone = [...before.keys()].find((key) => !now.has(key));
  const changed = plan.steps.find((step) => before.get(step.key) !== step.hash);
  if (gone === undefined && changed === undefined) return;
  const what = changed
    ? `${changed.key} ${before.has(changed.key) ? "changed" : "is new"} (${changed.runbook.file}:${changed.step.fence.span.start.line})`
    : `${gone} is gone`;
  const values = [...plan.values.values()].flatMap(({ name, parameter, text }) =>
    text === undefined || parameter.secret || parameter.default === text ? [] : [quoteShell(`${name}=${text}`)],
  );
  const host = plan.host === undefined ? [] : ["--host", plan.host];
  throw new RunbookError("plan-changed", `Since ${run.id} began, ${what}.`, {
    hint: `Steps that are done are skipped by their guards: runbook exec ${[run.runbook, ...values, ...host].join(" ")}`,
  });
}
