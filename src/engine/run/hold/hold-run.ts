import { RunbookError } from "../../../errors/runbook-error.ts";
import type { LostWork, Outcome } from "../../events.ts";
import type { Plan } from "../../plan/plan.ts";
import { EnterError } from "../../shell/protocol/wire.ts";
import { hostTarget } from "../../target/target-key.ts";
import { type OpenRun, openRun, type RunKind } from "../begin/open.ts";
import { shownValues } from "../begin/values.ts";
import type { RunOptions, RunResult } from "../options.ts";
import { holdHost } from "./lock.ts";
import { watchLeft } from "./watch-left.ts";
import { workOf } from "./work-of.ts";

/** What a run does while it holds its host. */
export interface HeldWork {
  /** Throws what keeps the run from beginning. */
  refuse?: (run: OpenRun) => Promise<void>;
  /** Runs the steps, and says how that went in all. */
  work: (run: OpenRun) => Promise<"passed" | "failed" | "left">;
}

/** Locks the host for a run or an undo, records the run's beginning and end, and closes everything it opened. */
export async function holdRun(
  plan: Plan,
  options: RunOptions,
  kind: RunKind,
  { refuse, work }: HeldWork,
): Promise<RunResult> {
  const run = openRun(plan, options, kind);
  const { live, log } = run;
  const { targets, services, masker } = live;
  let ended = false;
  try {
    const lost = await hold(run, options);
    await refuse?.(run);
    log.runStarted(live.host.name, shownValues(plan, masker), lost);
    const stopWatch = watchLeft(live);
    const worked = await work(run).finally(stopWatch);
    await services.stop();
    targets.known(hostTarget)?.unlock();
    const left = [...services.ended, ...workOf(plan, await targets.quit(), live.id, masker)];
    const interrupted = live.interrupt.first.aborted;
    const reached = services.failed ? "failed" : worked;
    const outcome: Outcome = interrupted ? "cancelled" : reached;
    const exitCode = interrupted ? 130 : reached === "passed" ? 0 : 1;
    log.runFinished(outcome, exitCode, left);
    ended = true;
    return { run: live.id, outcome, exitCode, values: shownValues(plan, masker) };
  } finally {
    if (!ended) {
      services.drop();
      targets.drop();
      log.abandoned();
    }
  }
}

/** Enters the host and locks it; tells what killed runs had left there and has ended. Throws `host-unusable` where the line to its shell is lost meanwhile. */
async function hold({ live }: OpenRun, options: RunOptions): Promise<LostWork[]> {
  try {
    const shell = await live.targets.shell(hostTarget);
    return await holdHost(live, options.journal, shell, { each: false, ...options });
  } catch (error) {
    if (!(error instanceof EnterError)) throw error;
    if (live.interrupt.first.aborted) throw new RunbookError("interrupted", "The run was interrupted before it began.");
    throw new RunbookError("host-unusable", `The shell of ${live.host.name} was lost before anything ran.`, {
      hint: `Nothing was run; try again. ${error.said.trim()}`.trim(),
      cause: error,
    });
  }
}
