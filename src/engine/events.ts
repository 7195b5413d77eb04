import type { StepErrorCode } from "../errors/codes.ts";
/** How a step or a run ended. */
export type Outcome = "passed" | "skipped" | "failed" | "left" | "blocked" | "cancelled";

/** Why a step was skipped. */
export type SkipReason = "when" | "guard" | "journal" | "deselected";

/** The part of a step that runs. */
export type Phase = "when" | "guard" | "run" | "proof" | "undo";

/** Why a step failed, with the place in the page. */
export interface StepError {
  /** Stable, such as `command-failed`, `timeout`, `shell-died`. */
  code: StepErrorCode;
  message: string;
  hint?: string;
  file: string;
  line: number;
  column: number;
}

/** What every event carries. */
export interface EventBase {
  /** ISO 8601, UTC. */
  time: string;
  run: string;
  /** The proof that the run is a part of, where it is one of `verify`'s. */
  proof?: RunOfProof;
}

/** Which proof a run is a part of, by the proof's own id, and which stage of it. */
export interface RunOfProof {
  run: string;
  stage: string;
  /** The values that the stage was given, where they are not all the defaults. */
  values?: Record<string, string>;
}

/** The run begins: its runbooks in order and the values that are known. */
export interface RunStarted extends EventBase {
  type: "run-started";
  runbooks: string[];
  host: string;
  /** A secret is `"***"`; one not yet computed is absent. */
  values: Record<string, string>;
  /** Background processes of earlier runs whose runner was killed; absent where there were none. */
  ended?: LostWork[];
}

/** Values that were computed for a runbook. */
export interface ValuesComputed extends EventBase {
  type: "values";
  runbook: string;
  values: Record<string, string>;
}

/** A step begins. */
export interface StepStarted extends EventBase {
  type: "step-started";
  runbook: string;
  step: string;
  target: string;
  file: string;
  line: number;
  sets?: string[];
  /** The step is a service, which runs beside the steps that follow. */
  background?: true;
}

/** A phase of a step was decided: a check that answered, an attempt, a proof that held or was given up, an undo. */
export interface PhaseFinished extends EventBase {
  type: "phase-finished";
  runbook: string;
  step: string;
  phase: Phase;
  /** Null where it was ended from outside. */
  exitCode: number | null;
  durationMs: number;
}

/** A piece of a step's output, at most 64 KiB. */
export interface StepOutput extends EventBase {
  type: "output";
  runbook: string;
  step: string;
  phase: Phase;
  stream: "stdout" | "stderr";
  text: string;
}

/** A step ended, or the run ended before it reached the step. */
export interface StepFinished extends EventBase {
  type: "step-finished";
  runbook: string;
  step: string;
  target: string;
  file: string;
  line: number;
  outcome: Outcome;
  exitCode: number | null;
  durationMs: number;
  reason?: SkipReason;
  /** What `when` printed, or why the step was skipped. */
  detail?: string;
  /** Output that differs from what the page shows: no failure for `exec`. */
  warnings?: StepError[];
  error?: StepError;
}

/** A process or a service of a step that ran in the background and ended with the run. */
export interface EndedWork {
  runbook: string;
  step: string;
  /** Its command line, as far as it can be shown. */
  command: string;
  /** It is a service, which is meant to end with its run. */
  service?: true;
}

/** A background process of a run whose runner was killed: the process has ended, and its step is not done. */
export interface LostWork extends EndedWork {
  /** The run that was killed. */
  of: string;
}

/** A service ended by itself while its run goes on. With an `error` its step counts as failed, and no further step begins. */
export interface ServiceEnded extends EventBase {
  type: "service-ended";
  runbook: string;
  step: string;
  target: string;
  file: string;
  line: number;
  /** Null where a signal or the loss of its target ended it. */
  exitCode: number | null;
  error?: StepError;
}

/** The run ended. */
export interface RunFinished extends EventBase {
  type: "run-finished";
  outcome: Outcome;
  exitCode: number;
  counts: Record<Outcome, number>;
  durationMs: number;
  /** What ended with the run; absent where nothing did. */
  ended?: EndedWork[];
}

/** Every event of a run, in order. */
export type RunEvent =
  | RunStarted
  | ValuesComputed
  | StepStarted
  | PhaseFinished
  | StepOutput
  | StepFinished
  | ServiceEnded
  | RunFinished;

/** A listener to a run's events; it must not throw. */
export type Listener = (event: RunEvent) => void;
