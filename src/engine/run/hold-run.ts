import { RunbookError } from "../../errors/runbook-error.ts";
import type { EndedWork, Outcome } from "../events.ts";
import type { Plan } from "../plan/plan.ts";
import type { Masker } from "../secrets/mask.ts";
import type { EndedProcess } from "../shell/ended.ts";
import { EnterError } from "../shell/wire.ts";
import { hostTarget } from "../target/target-key.ts";
import { holdHost } from "./lock.ts";
import { type OpenRun, openRun, type RunKind } from "./open.ts";
import type { RunOptions, RunResult } from "./options.ts";
import { shownValues } from "./values.ts";

/** What a run does while it holds its host. */
export interface HeldWork {
  /** Throws what keeps the run from beginning. */
  refuse?: (run: OpenRun) => Promise<void>;
  /** Runs the steps, and says how that went in all. */
  work: (run: OpenRun) => Promise<"passed" | "failed" | "left">;
}

/** Holds the host for a run or an undo, records its beginning and end, and lets go of all that it opened. */
export async function holdRun(
  plan: Plan,
  options: RunOptions,
  kind: RunKind,
  { refuse, work }: HeldWork,
): Promise<RunResult> {
  const run = openRun(plan, options, kind);
  const { live, log } = run;
  const { targets, masker } = live;
  let ended = false;
  try {
    await hold(run, options);
    await refuse?.(run);
    const runbooks = plan.runbooks.map((runbook) => runbook.id);
    log.runStarted(runbooks, live.host.name, shownValues(plan, masker));
    const reached = await work(run);
    targets.known(hostTarget)?.unlock();
    const left = endedWork(plan, await targets.quit(), live.id, masker);
    const interrupted = live.interrupt.first.aborted;
    const outcome: Outcome = interrupted ? "cancelled" : reached;
    const exitCode = interrupted ? 130 : reached === "passed" ? 0 : 1;
    log.runFinished(outcome, exitCode, left);
    ended = true;
    return { run: live.id, outcome, exitCode, values: shownValues(plan, masker) };
  } finally {
    if (!ended) {
      targets.drop();
      log.abandoned();
    }
  }
}

/** Enters the host and locks it. Throws `host-unusable` where the line to its shell is lost meanwhile. */
async function hold({ live }: OpenRun, options: RunOptions): Promise<void> {
  try {
    const shell = await live.targets.shell(hostTarget);
    await holdHost(live, options.journal, shell, { each: false, ...options });
  } catch (error) {
    if (!(error instanceof EnterError)) throw error;
    throw new RunbookError("host-unusable", `The shell of ${live.host.name} was lost before anything ran.`, {
      hint: `Nothing was run; try again. ${error.said.trim()}`.trim(),
      cause: error,
    });
  }
}

/** What steps had left in the background, and what ended with the run. */
function endedWork(plan: Plan, processes: readonly EndedProcess[], run: string, masker: Masker): EndedWork[] {
  return processes.flatMap(({ mark, command }) => {
    const index = mark.startsWith(`${run}-`) ? Number.parseInt(mark.slice(run.length + 1), 10) : Number.NaN;
    const step = plan.steps[index];
    return step ? [{ runbook: step.runbook.id, step: step.step.id, command: masker.text(command) }] : [];
  });
}
