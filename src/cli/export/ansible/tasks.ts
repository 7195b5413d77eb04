import type { Runbook, Step } from "../../../language/model/runbook.ts";
import { nameOf, type PlacedStep, request, type Task, tagsOf, untilProved } from "./task.ts";

/** What the tasks of all runbooks of an export share. */
export interface Exported {
  /** The runbook that was asked for. */
  id: string;
  /** The name of the role's module, which asks the session for a step. */
  module: string;
  names: ReadonlySet<string>;
}

/** The tasks of one runbook, in the page's order: one for each step. */
export function runbookTasks(runbook: Runbook, exported: Exported): Task[] {
  return placedSteps([runbook], exported).map((placed) => {
    const { when, guard, proof } = placed.step;
    return {
      name: nameOf(placed),
      tags: tagsOf(placed),
      ...request(placed, exported.module, "step", { when, guard, proof }),
      ...untilProved(placed.step),
    };
  });
}

/** The undos of all runbooks, the last step first. */
export function undoTasks(runbooks: readonly Runbook[], exported: Exported): Task[] {
  return placedSteps(runbooks, exported)
    .filter(({ step }) => step.undo.length > 0 || step.file)
    .reverse()
    .map((placed) => ({
      name: `${nameOf(placed)}, undone`,
      tags: tagsOf(placed),
      ...request(placed, exported.module, "undo", { undo: placed.step.undo, ...textForUndo(placed.step) }),
      when: [`'${placed.runbook.id}/${placed.step.id}' in runbook_did`],
    }));
}

/** Only the undo of a file step needs what the step wrote. */
function textForUndo({ file, fence }: Step): Partial<Step> {
  return file ? {} : { fence: { ...fence, text: "" } };
}

function placedSteps(runbooks: readonly Runbook[], { id, names }: Exported): PlacedStep[] {
  return runbooks.flatMap((runbook) => runbook.steps.map((step) => ({ runbook, step, own: runbook.id === id, names })));
}
