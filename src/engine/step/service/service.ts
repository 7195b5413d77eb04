import type { EndedWork, StepError } from "../../events.ts";
import type { PlanStep } from "../../plan/plan.ts";
import type { TargetShell } from "../../shell/shell.ts";
import { stepLimitMs } from "../attempt.ts";
import { prove } from "../checks.ts";
import { exitWithCause, failure, phaseFailure } from "../phase/failures.ts";
import { notBegun, type PhaseResult, ranAtAll, runIn } from "../phase/phase.ts";
import { refusesValues } from "../refuses-values.ts";
import type { StepInHand } from "../step-in-hand.ts";
import { failed, type StepResult } from "../step-result.ts";

/** The name of a service in messages: the first line of its commands. */
export function serviceCommand({ step }: PlanStep): string {
  return step.fence.text.trim().split("\n", 1)[0] ?? "";
}

/** Tenths of a second between the signal that asks a service to end and the one that ends it. */
const graceTenths = 30;

/** The commands of a service while they run, in a shell of their own on the step's target. */
export class Service {
  readonly #hand: StepInHand;
  readonly #shell: TargetShell;
  /** How its commands ended. */
  readonly over: Promise<PhaseResult>;
  /** The same, once they have. */
  result: PhaseResult | undefined;
  #stopped: Promise<void> | undefined;

  constructor(hand: StepInHand, shell: TargetShell) {
    this.#hand = hand;
    this.#shell = shell;
    this.over = runIn(shell, hand, { phase: "run", fence: hand.step.step.fence, copy: false });
    void this.over.then((result) => {
      this.result = result;
    });
  }

  /** Whether it was ended on purpose. */
  get isStopped(): boolean {
    return this.#stopped !== undefined;
  }

  /** What ends with it, as a run's end names it. */
  get work(): EndedWork {
    const { step, run } = this.#hand;
    const command = run.masker.text(serviceCommand(step));
    return { runbook: step.runbook.id, step: step.step.id, command, service: true };
  }

  /** Asks all its processes to end, and then kills those that are left. */
  async stop(): Promise<void> {
    this.#stopped ??= this.#end();
    await this.#stopped;
  }

  /** Closes its line; the supervisor then ends the service. */
  drop(): void {
    this.#stopped ??= Promise.resolve();
    this.#shell.drop();
  }

  /** Records that it ended by itself. Tells whether it failed. */
  tellEnd(result: PhaseResult): boolean {
    const { step, log } = this.#hand;
    const error =
      result.how === "ended" && result.status === 0 ? undefined : this.errorOf(result, "while its run went on");
    log.serviceEnded(step, result.status, error);
    return error !== undefined;
  }

  /** Why commands that ended are no service any more. */
  errorOf(result: PhaseResult, when: "before it was ready" | "while its run went on"): StepError {
    const { step } = this.#hand;
    const { fence } = step.step;
    if (result.how !== "ended" || result.interrupted) return phaseFailure(step, fence, "run", result);
    const message = `The service ended ${when} (${exitWithCause(result.status ?? 1)}).`;
    const hint = result.status === 0 ? staysHint : undefined;
    return failure(step, fence, "service-ended", message, hint, result.at ?? fence.lines[0]);
  }

  async #end(): Promise<void> {
    await this.#shell.end(graceTenths);
    await this.over;
    await this.#shell.quit();
    this.#hand.log.serviceRuns(this.#hand.step, false);
  }
}

const staysHint =
  "A service's commands stay in the foreground: drop a last `&`, and give a daemon the option that keeps it there.";

/**
 * Starts a service, and waits until it is ready: until its proofs hold. `timeout` is how long that may take. One that is
 * not ready is ended.
 */
export async function startService(hand: StepInHand): Promise<StepResult> {
  const { step, run, log } = hand;
  const { fence, timeoutMs = stepLimitMs } = step.step;
  const shell = await run.targets.another(step.target);
  const refused = refusesValues(hand, shell.kind);
  if (refused || hand.interrupted) {
    await shell.quit();
    return failed(refused ?? phaseFailure(step, fence, "run", notBegun), null);
  }
  log.begun(step, hand.attempt, { shell: shell.kind });
  log.serviceRuns(step, true);
  const service = new Service(hand, shell);
  let late = false;
  const limit = setTimeout(() => {
    late = true;
  }, timeoutMs);
  const unproved = await prove(hand, () => late || service.result !== undefined);
  clearTimeout(limit);
  const early = service.result !== undefined;
  if (!early && !unproved) {
    run.services.add(service);
    return { outcome: "passed", exitCode: null };
  }
  await service.stop();
  const end = await service.over;
  if (!ranAtAll(end)) log.notBegun(step);
  if (early || !unproved || hand.interrupted) return failed(service.errorOf(end, "before it was ready"), end.status);
  return failed(late ? phaseFailure(step, fence, "run", { ...end, timedOut: true }, timeoutMs) : unproved, null);
}
