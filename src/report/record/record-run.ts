import type { Phase, RunFinished, RunOfProof, StepFinished } from "../../engine/events.ts";
import type { ReportEvent } from "../report.ts";
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

/** A step's phases, and the end of its output. */
interface Told {
  phases: PhaseRecord[];
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

/** Listens to runs, also to several by turns, and keeps what a report that is written at the end needs. */
export class RunRecorder {
  readonly runs: RunRecord[] = [];
  /** The steps so far, by run and step: a service goes on printing after its step has ended. */
  readonly #told = new Map<string, Told>();

  readonly listen = (event: ReportEvent): void => {
    switch (event.type) {
      case "run-started": {
        const { run, time: started, host, runbooks, proof } = event;
        this.runs.push({ run, started, host, runbooks, steps: [], ...(proof && { proof }) });
        return;
      }
      case "output":
        this.#of(event)[event.stream].write(event.text);
        return;
      case "phase-finished": {
        const { phase, exitCode, durationMs } = event;
        this.#of(event).phases.push({ phase, exitCode, durationMs });
        return;
      }
      case "step-finished":
        this.#record(event.run)?.steps.push({ end: event, ...this.#of(event) });
        return;
      case "service-ended": {
        const { run, runbook, step, exitCode, error } = event;
        const record = this.#record(run)?.steps.find(({ end }) => end.runbook === runbook && end.step === step);
        if (record && error) record.end = { ...record.end, outcome: "failed", exitCode, error };
        return;
      }
      case "run-finished": {
        const record = this.#record(event.run);
        if (record) record.end = event;
        for (const key of this.#told.keys()) if (key.startsWith(`${event.run} `)) this.#told.delete(key);
        return;
      }
      default:
    }
  };

  #record(run: string): RunRecord | undefined {
    return this.runs.findLast((record) => record.run === run);
  }

  #of({ run, runbook, step }: { run: string; runbook: string; step: string }): Told {
    const key = `${run} ${runbook}/${step}`;
    const told = this.#told.get(key) ?? {
      phases: [],
      stdout: new Tail(keptCharacters),
      stderr: new Tail(keptCharacters),
    };
    this.#told.set(key, told);
    return told;
  }
}
