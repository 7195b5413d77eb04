import type { Need } from "../../language/model/needs.ts";
import type { Attached, Fence, FileTarget, Target } from "../../language/model/runbook.ts";
import type { Outcome, Phase, SkipReason, StepError } from "../events.ts";
import type { TargetKey } from "../target/target-key.ts";

/** What a run knows of itself before its first step. */
export interface NewRun {
  /** As `Journal.newRunId` makes them. */
  id: string;
  kind: "exec" | "undo";
  /** The id of the runbook that was asked for. */
  runbook: string;
  /** `localhost`, or where ssh connects to. */
  host: string;
  /** ISO 8601, UTC. */
  started: string;
  /** Every value that is known, without secrets. */
  values: Record<string, string>;
  /** Names of the values that are secret. */
  secrets: string[];
  /** The plan's runbooks, in order; none where the run is older than this record. */
  runbooks: RunbookOutline[];
  /** The plan's steps, in order. */
  steps: { key: string; hash: string; target: string }[];
  /** The command line's options that a resumed run must keep. */
  options: Record<string, unknown>;
  /** The run that this one goes on with. */
  resumes?: string;
  /** The runs whose work this one undoes. */
  undoes?: string[];
  /** The runner's process. */
  pid: number;
}

/** A runbook as a run records it. */
export interface RunbookOutline {
  id: string;
  page: string;
  requires: string[];
  needs: Need[];
  /** The names of its parameters. */
  params: string[];
}

/** What a step was when its own commands began: all that its undo needs, whatever becomes of its page. */
export interface StepRecipe {
  /** The page, as the run named it. */
  page: string;
  target: TargetKey;
  /** The shell that ran it: only that kind can read the state that the step left. */
  shell: "bash" | "sh";
  /** Which start of the host it was, where the step restarts it. */
  start?: string;
  /** The step's place; its text where it is a file's. */
  fence: Fence;
  file?: FileTarget;
  undo: Attached[];
  keeps?: string;
  sets?: string[];
  /** The step is a service: nothing of it is left once its run has ended. */
  background?: true;
  /** The step restarts the host: its undo may, too. */
  reboot?: true;
  /** Nothing was asked whether the step's work was there already, such as that of an earlier run. */
  unguarded?: true;
  /** The targets that the step and its undo name. */
  targets: Target[];
}

/** A step whose own commands a run ran, which changed something, and which is not undone. */
export interface WorkRecord {
  key: string;
  hash: string;
  /** The key of its target. */
  target: string;
  begun: number;
  /** Absent where the run is older than recipes. */
  recipe?: StepRecipe;
  /** Where a `file` step wrote. */
  path?: string;
}

/** A run as the journal has it. */
export interface RunRecord extends NewRun {
  /** Grows with each run of a journal: the order of runs, whatever the clock said. */
  order: number;
  finished?: string;
  outcome?: Outcome;
  exitCode?: number;
  /** All processes that a killed run left alive have been ended. */
  swept: boolean;
}

/** How a step ended. */
export interface StepEnd {
  outcome: Outcome;
  /** `null` where a signal ended it or nothing ran. */
  exitCode: number | null;
  durationMs: number;
  reason?: SkipReason;
  detail?: string;
  error?: StepError;
  warnings?: StepError[];
  /** The step's background processes ended with the run. */
  workEnded?: boolean;
}

/** A stretch of a step's output, as it was shown. */
export interface OutputPiece {
  phase: Phase;
  stream: "stdout" | "stderr";
  text: string;
  /** How many characters of the same phase and stream are left out before this piece. */
  cut?: number;
}

/**
 * A step of a run. Without `started` it was not reached; with it and without `end` it was interrupted. Its own commands
 * ran where it has `begun`.
 */
export interface StepRecord {
  key: string;
  hash: string;
  target: string;
  /** Grows with each step whose own commands begin, over all runs of a journal: the order of work, whatever the clock said. */
  begun?: number;
  /** When its first check was asked; ISO 8601, UTC. */
  started?: string;
  /** The last attempt that began, counted from 1. */
  attempt?: number;
  finished?: string;
  end?: StepEnd;
  /** The step was undone. */
  undone: boolean;
  /** The step's work stays: an undo of the run left it, and said why. */
  kept: boolean;
  output: OutputPiece[];
}

/** A shell that a run entered, with what finds its processes again. */
export interface ShellRecord {
  target: string;
  command: string;
  pid: number;
}

/** What was at a path before a step wrote there. */
export interface SavedFile {
  path: string;
  existed: boolean;
  content: Buffer;
  mode: number;
  uid: number;
  gid: number;
  /** The link's target, where the path was a symbolic link. */
  link?: string;
  /** The uppermost missing folder, which the step makes. */
  made?: string;
}

/** A variable that a step handed on. */
export interface SetRecord {
  key: string;
  name: string;
  value: string;
}

/** A process that a step has left in the background, or a service, while its run goes on. */
export interface LeftRecord {
  key: string;
  command: string;
  service: boolean;
}

/** The state that a step left its target's shell in. */
export interface KeptState {
  target: string;
  state: string;
}
