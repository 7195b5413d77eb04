import type { EndedWork } from "../../events.ts";
import type { Plan } from "../../plan/plan.ts";
import type { Masker } from "../../secrets/mask.ts";
import type { EndedProcess } from "../../shell/protocol/ended.ts";

/** Background processes of a run's steps, as its events name them. */
export function workOf(plan: Plan, processes: readonly EndedProcess[], run: string, masker: Masker): EndedWork[] {
  return processes.flatMap(({ mark, command }) => {
    const index = mark.startsWith(`${run}-`) ? Number.parseInt(mark.slice(run.length + 1), 10) : Number.NaN;
    const step = plan.steps[index];
    return step ? [{ runbook: step.runbook.id, step: step.step.id, command: masker.text(command) }] : [];
  });
}
