import type { Phase, StepError } from "../events.ts";
import type { KeptState, SavedFile } from "../journal/record.ts";
import type { PlanStep } from "../plan/plan.ts";
import type { Masker } from "../secrets/mask.ts";
import type { EndedProcess } from "../shell/protocol/ended.ts";
import type { Host } from "../target/host.ts";
import type { Targets } from "../target/targets.ts";
import type { Services } from "./service/services.ts";

/** Signals that end a run from outside: the first lets it end in order, the second ends it at once. */
export interface Interrupt {
  first: AbortSignal;
  second: AbortSignal;
  reason: "SIGINT" | "SIGTERM" | "SIGHUP";
}

/** The kinds of shell that run steps. */
export type ShellKind = "bash" | "sh";

/** The kind of shell that runs the step's own commands. */
export interface BegunBy {
  shell: ShellKind;
  /** Which start of the host it is, for a step that restarts it. */
  start?: string;
}

/** Where a step's events are recorded: each is told once, when it happens. */
export interface StepLog {
  /** The step's own commands, or its undo, are about to run for the first time, or once more; `by` of its own. */
  begun(step: PlanStep, attempt: number, by?: BegunBy): void;
  /** The attempt was recorded as begun, and none of its commands ran. */
  notBegun(step: PlanStep): void;
  /** What these runs had left of the step is undone. */
  undone(step: PlanStep, runs: readonly string[]): void;
  /** A phase has been decided: `when`, a guard, an attempt, a proof that held or was given up, an undo. */
  phaseFinished(step: PlanStep, phase: Phase, exitCode: number | null, durationMs: number): void;
  output(step: PlanStep, phase: Phase, stream: "stdout" | "stderr", text: string): void;
  /** What is at a path before the step writes there. */
  fileSaved(step: PlanStep, file: SavedFile): void;
  /** The state in which an attempt left its target's shell. */
  stateLeft(step: PlanStep, left: KeptState): void;
  handedOn(step: PlanStep, name: string, value: string): void;
  /** The background processes of steps on a target, which is named by its key. */
  workLeft(target: string, processes: readonly EndedProcess[]): void;
  /** A service begins, or is over. */
  serviceRuns(step: PlanStep, runs: boolean): void;
  /** A service ended by itself while its run goes on; with an error it failed. */
  serviceEnded(step: PlanStep, exitCode: number | null, error?: StepError): void;
}

/** Records nothing: for `status` and dry runs, which leave no trace. */
export const noLog: StepLog = {
  begun() {},
  notBegun() {},
  undone() {},
  phaseFinished() {},
  output() {},
  fileSaved() {},
  stateLeft() {},
  handedOn() {},
  workLeft() {},
  serviceRuns() {},
  serviceEnded() {},
};

/** A run while it goes on: what all its steps share. */
export interface LiveRun {
  id: string;
  host: Host;
  targets: Targets;
  /** What runs beside the steps. */
  services: Services;
  /** Every value that is known now, variables handed on by `sets` too. */
  values: Map<string, string>;
  masker: Masker;
  interrupt: Interrupt;
  log: StepLog;
  /** The page's number in the run, by its file. */
  pages: ReadonlyMap<string, number>;
}

/** The step that is asked, run or undone now. */
export class StepInHand {
  readonly run: LiveRun;
  readonly step: PlanStep;
  /** The attempt that runs, from 1. */
  attempt = 1;

  constructor(run: LiveRun, step: PlanStep) {
    this.run = run;
    this.step = step;
  }

  /** The mark in the environment of its processes, and the name of its control group. */
  get mark(): string {
    return markOf(this.run.id, this.step.index, this.attempt);
  }

  get log(): StepLog {
    return this.run.log;
  }

  get values(): ReadonlyMap<string, string> {
    return this.run.values;
  }

  get interrupted(): boolean {
    return this.run.interrupt.first.aborted;
  }
}

/** The mark of a step's attempt. */
export function markOf(run: string, index: number, attempt: number): string {
  return `${run}-${index}.${attempt}`;
}
