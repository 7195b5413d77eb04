import type { Outcome } from "../events.ts";
import type { Plan } from "../plan/plan.ts";
import { hostTarget } from "../target/target-key.ts";
import { holdHost, lockFile } from "./lock.ts";
import { openSession } from "./open.ts";
import type { RunOptions, RunResult } from "./options.ts";
import type { Session } from "./session.ts";

/** What a run does while it holds its host. */
export interface HeldWork {
  /** Throws what keeps the run from beginning. */
  refuse?: (session: Session) => Promise<void>;
  /** Runs the steps; true where one failed. */
  work: (session: Session) => Promise<boolean>;
}

/** Holds the host for a run or an undo, tells of its beginning and end, and lets go of all that it opened. */
export async function holdRun(
  plan: Plan,
  options: RunOptions,
  kind: "exec" | "undo",
  { refuse, work }: HeldWork,
): Promise<RunResult> {
  const begun = performance.now();
  const session = await openSession(plan, options, kind);
  const { journal, interrupt } = options;
  let ended = false;
  try {
    const shell = await session.targets.shell(hostTarget);
    await holdHost(session, shell);
    await refuse?.(session);
    session.emit({
      type: "run-started",
      runbooks: plan.runbooks.map((runbook) => runbook.id),
      host: session.host.name,
      values: shownValues(session),
    });
    const failed = await work(session);
    session.targets.known(hostTarget)?.unlock(lockFile);
    await session.targets.quit();
    const outcome: Outcome = interrupt.first.aborted ? "cancelled" : failed ? "failed" : "passed";
    const exitCode = interrupt.first.aborted ? 130 : failed ? 1 : 0;
    journal.finishRun(session.id, outcome, exitCode);
    ended = true;
    const durationMs = Math.round(performance.now() - begun);
    session.emit({ type: "run-finished", outcome, exitCode, counts: session.counts, durationMs });
    return { run: session.id, outcome, exitCode, values: shownValues(session) };
  } finally {
    if (!ended) {
      session.targets.drop();
      session.abandon();
    }
  }
}

/** Values as they may be shown: a secret is `***`. */
export function shownValues(session: Session): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const value of session.plan.values.values()) {
    if (value.text !== undefined) shown[value.name] = value.parameter.secret ? "***" : session.masker.text(value.text);
  }
  return shown;
}
