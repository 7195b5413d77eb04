import type { Phase, RunFinished, RunOfProof, StepFinished } from "../engine/events.ts";
import type { ReportEvent } from "./report.ts";
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
  /** The proof that it is a part of. */
  proof?: RunOfProof;
  /** Absent as long as the run goes on, or where it broke off. */
  end?: RunFinished;
}

/** What is known of the step that a run is at. */
type OpenStep = Omit<StepRecord, "end" | "phases"> & { phases: PhaseRecord[] };

/** Listens to runs, also to several by turns, and keeps what a report that is written at the end needs. */
export class RunRecorder {
  readonly runs: RunRecord[] = [];
  readonly #open = new Map<string, OpenStep>();

  readonly listen = (event: ReportEvent): void => {
    switch (event.type) {
      case "run-started": {
        const { run, time: started, host, runbooks, proof } = event;
        this.runs.push({ run, started, host, runbooks, steps: [], ...(proof && { proof }) });
        return;
      }
      case "step-started":
        this.#open.delete(event.run);
        return;
      case "output":
        this.#stepOf(event.run)[event.stream].write(event.text);
        return;
      case "phase-finished": {
        const { phase, exitCode, durationMs } = event;
        this.#stepOf(event.run).phases.push({ phase, exitCode, durationMs });
        return;
      }
      case "step-finished":
        this.#record(event.run)?.steps.push({ end: event, ...this.#stepOf(event.run) });
        this.#open.delete(event.run);
        return;
      case "run-finished": {
        const record = this.#record(event.run);
        if (record) record.end = event;
        this.#open.delete(event.run);
        return;
      }
      default:
    }
  };

  #record(run: string): RunRecord | undefined {
    return this.runs.findLast((record) => record.run === run);
  }

  #stepOf(run: string): OpenStep {
    const known = this.#open.get(run);
    if (known) return known;
    const step = { phases: [], stdout: new Tail(keptCharacters), stderr: new Tail(keptCharacters) };
    this.#open.set(run, step);
    return step;
  }
}
