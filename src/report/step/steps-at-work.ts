import type { ServiceEnded, StepFinished, StepOutput, StepStarted } from "../../engine/events.ts";
import { exitWords } from "../../words/exit-status.ts";
import { Tail } from "../record/tail.ts";
import type { ReportView } from "../report.ts";
import { failureLines } from "./failure.ts";
import { RunningStep } from "./step-view.ts";

/** The step that runs, and the services that run beside it, each with the end of what it printed. */
export class StepsAtWork {
  current: RunningStep | undefined;
  readonly #services = new Map<string, RunningStep>();

  start(event: StepStarted): void {
    this.current = new RunningStep(event);
  }

  /** Takes a piece of output, of whichever step it is. */
  write(event: StepOutput): void {
    const key = `${event.runbook}/${event.step}`;
    (this.current?.key === key ? this.current : this.#services.get(key))?.write(event);
  }

  /** The step that runs has ended, or a service is ready. Gives it, where it had begun. */
  finish({ outcome }: StepFinished): RunningStep | undefined {
    const { current } = this;
    this.current = undefined;
    if (current?.service && outcome === "passed") this.#services.set(current.key, current);
    return current;
  }

  /** What is said of a service that ended by itself: how, and where that is a failure, all that is known of it. */
  serviceEnd(event: ServiceEnded, view: ReportView & { columns: number }): string[] {
    const key = `${event.runbook}/${event.step}`;
    const service = this.#services.get(key);
    const status = event.exitCode === null ? "" : ` (exit code ${exitWords(event.exitCode)})`;
    const head = `The service ${key} ended while the run goes on${status}.`;
    if (!event.error) return [head];
    const { stdout = new Tail(), stderr = new Tail(), phase = "run" as const } = service ?? {};
    return ["", head, ...failureLines({ error: event.error, exitCode: event.exitCode, stdout, stderr, phase }, view)];
  }
}
