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

/**
 * The run that going on with this one means, of all runs, the latest first. A run that was refused did nothing, so that its
 * journal would count nothing as done: the run before it that was asked for the same is meant, where that broke off.
 */
export function beforeRefusal(run: RunRecord, runs: readonly RunRecord[]): RunRecord {
  if (run.outcome !== "blocked" || run.resumes !== undefined) return run;
  const before = runs.find((one) => one.order < run.order && one.outcome !== "blocked" && askedForTheSame(one, run));
  return before && before.outcome !== "passed" ? before : run;
}

/** A run that began may know more values than one that was refused: it worked some out. */
function askedForTheSame(one: RunRecord, refused: RunRecord): boolean {
  const isAlike = (key: "kind" | "runbook" | "host"): boolean => one[key] === refused[key];
  return (
    isAlike("kind") &&
    isAlike("runbook") &&
    isAlike("host") &&
    JSON.stringify(one.options) === JSON.stringify(refused.options) &&
    Object.entries(refused.values).every(([name, value]) => one.values[name] === value)
  );
}
