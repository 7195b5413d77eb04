import type { Journal } from "../../engine/journal/journal.ts";
import type { RunRecord } from "../../engine/journal/record.ts";
import { beforeRefusal } from "../../engine/plan/resumed.ts";
import { processExists } from "../../engine/target/process-exists.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import type { Going, State } from "./messages.ts";

/** What the journal has of the steps of some runbooks on this machine, the one that was asked for last. */
export function journalState(journal: Journal, runbooks: readonly Runbook[], going: Going | null): State {
  const keys = new Set(runbooks.flatMap(({ id, steps }) => steps.map((step) => `${id}/${step.id}`)));
  const steps: State["steps"] = {};
  const runs = runsHere(journal);
  for (const run of runs) {
    if (run.kind !== "exec" || !run.steps.some(({ key }) => keys.has(key) && steps[key] === undefined)) continue;
    for (const { key, end, started, finished, undone } of journal.steps(run.id)) {
      // What was not reached, or left out, says nothing of the step.
      if (!keys.has(key) || steps[key] || started === undefined || end?.reason === "deselected") continue;
      const outcome = undone ? "undone" : (end?.outcome ?? (goesOnElsewhere(run) ? "elsewhere" : "interrupted"));
      steps[key] = { outcome, run: run.id, when: finished ?? started };
    }
  }
  const own = runbooks.at(-1);
  const danger = runbooks.flatMap(({ id, steps: all }) =>
    all.flatMap((step) => (step.danger === undefined ? [] : [[`${id}/${step.id}`, step.danger] as const])),
  );
  return { going, steps, resumable: resumableOf(journal, own?.id)?.id ?? null, danger: Object.fromEntries(danger) };
}

/** The latest run of a runbook on this machine, where it broke off and no other went on with it. */
export function resumableOf(journal: Journal, id: string | undefined): RunRecord | undefined {
  const runs = runsHere(journal);
  const latest = runs.find(({ kind, runbook }) => kind === "exec" && runbook === id);
  return latest && latest.outcome !== "passed" ? beforeRefusal(latest, runs) : undefined;
}

/** What a terminal did on another host by `--host` says nothing of this machine. */
function runsHere(journal: Journal): RunRecord[] {
  return journal.runs().filter(({ host }) => host === "localhost");
}

/** Whether a run has not ended in another process, such as a terminal's. A process of the same number may be a stranger's, so this only informs. */
function goesOnElsewhere({ outcome, pid }: RunRecord): boolean {
  return outcome === undefined && pid !== process.pid && processExists(pid);
}
