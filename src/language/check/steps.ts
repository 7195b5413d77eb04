import type { Complaints } from "../model/complaints.ts";
import type { Runbook, Step } from "../model/runbook.ts";

/** Warns of steps that nothing proves, guards or takes back. */
export function checkSteps(runbook: Runbook, complaints: Complaints): void {
  for (const step of runbook.steps) {
    // A file guards and undoes itself; a step with `sets` changes nothing.
    if (step.file || step.sets.length > 0) continue;
    const span = openingOf(step);
    if (step.guard.length === 0 && step.proof.length === 0) {
      complaints.add("unproved-step", span, `Nothing says whether the step "${step.id}" is done.`, {
        hint: `Write a fence \`sh proof="${step.id}"\`, or a guard.`,
      });
    }
    // A service ends with the run.
    if (step.on === "host" && !step.background && step.undo.length === 0 && step.keeps === undefined) {
      complaints.add("no-undo", span, `Nothing takes the step "${step.id}" back.`, {
        hint: `Write a fence \`sh undo="${step.id}"\`, or \`keeps="why"\` on the step.`,
      });
    }
  }
}

function openingOf({ fence }: Step): Step["fence"]["span"] {
  const { start } = fence.span;
  return { start, end: { line: start.line, column: start.column + 3 + fence.language.length } };
}
