import type { Runbook } from "../../language/model/runbook.ts";
import type { Journal } from "../journal/journal.ts";
import type { RunRecord } from "../journal/record.ts";
import type { Plan } from "./plan.ts";
import { refuseChanges } from "./plan-changes.ts";

/** The values of a run that is gone on with, as far as its runbooks still have parameters of these names. */
export function resumedValues({ values }: RunRecord, runbooks: readonly Runbook[]): Map<string, string> {
  const names = new Set(runbooks.flatMap(({ params }) => params.map(({ name }) => name)));
  return new Map(Object.entries(values).filter(([name]) => names.has(name)));
}

/**
 * Makes a plan that of a run which is gone on with: the steps are selected that were selected then. Throws `plan-changed`
 * where a step is not what it was; `line` is the command to go on with.
 */
export function selectAsBefore(journal: Journal, run: RunRecord, plan: Plan, line?: string): void {
  refuseChanges(journal, run, plan, line);
  const selected = run.options["selected"];
  if (Array.isArray(selected)) for (const step of plan.steps) step.selected = selected.includes(step.key);
}
