import type { Phase, RunEvent, RunFinished, StepFinished } from "../engine/events.ts";
import { Tail } from "./tail.ts";

/** Characters of each step's output that a record keeps: its end says most. */
const keptCharacters = 16_384;

/** A phase of a step that was decided. */
export interface PhaseRecord {
  phase: Phase;
  exitCode: number | null;
  durationMs: number;
}

/** A step as it ended, with its phases and the end of what it printed. */
export interface StepRecord {
  end: StepFinished;
  phases: readonly PhaseRecord[];
  stdout: Tail;
  stderr: Tail;
}

/** A run, put together from its events. */
export interface RunRecord {
  run: string;
  /** ISO 8601, UTC. */
  started: string;
  host: string;
  runbooks: readonly string[];
  steps: StepRecord[];
  /** Absent as long as the run goes on, or where it broke off. */
  end?: RunFinished;
}

/** Listens to runs, one after the other, and keeps what a report that is written at the end needs. */
export class RunRecorder {
  readonly runs: RunRecord[] = [];
  #phases: PhaseRecord[] = [];
  #stdout = new Tail(keptCharacters);
  #stderr = new Tail(keptCharacters);

  readonly listen = (event: RunEvent): void => {
    const run = this.runs.at(-1);
    switch (event.type) {
      case "run-started": {
        const { run: id, time: started, host, runbooks } = event;
        this.runs.push({ run: id, started, host, runbooks, steps: [] });
        return;
      }
      case "step-started":
        this.#forget();
        return;
      case "output":
        (event.stream === "stdout" ? this.#stdout : this.#stderr).write(event.text);
        return;
      case "phase-finished": {
        const { phase, exitCode, durationMs } = event;
        this.#phases.push({ phase, exitCode, durationMs });
        return;
      }
      case "step-finished":
        run?.steps.push({ end: event, phases: this.#phases, stdout: this.#stdout, stderr: this.#stderr });
        this.#forget();
        return;
      case "run-finished":
        if (run) run.end = event;
        return;
      default:
    }
  };

  #forget(): void {
    this.#phases = [];
    this.#stdout = new Tail(keptCharacters);
    this.#stderr = new Tail(keptCharacters);
  }
}
