import type { RunEvent, StepError } from "../../../engine/events.ts";
import type { HostShell } from "../../../engine/shell/launch.ts";

/**
 * The job of a stage's process. `prove` and `status` ask the runbook's own steps, `wake` the guards of what it requires;
 * `probe` asks whether a step's proof alone does its work.
 */
export type Task = "exec" | "prove" | "status" | "wake" | "probe" | "undo";

/** The input of a stage's process. Each stage has a process of its own, so that it knows nothing from the stage before. */
export interface Job {
  task: Task;
  contentDir: string;
  /** The runbook's id, or its page's path. */
  runbook: string;
  values: Record<string, string>;
  /** Of the environment, where it has their names. */
  secrets: Record<string, string>;
  /** The journal of the host. */
  stateDir: string;
  host: { name: string; shell: HostShell };
  /** Ask before each step that is about to run, and wait for the answer. */
  askEach: boolean;
  /** Report a step that failed while its target is still there, and wait for the answer. */
  stopAtFailure: boolean;
}

/** A step that failed, as far as it can be told to another process. */
export interface FailedStep {
  key: string;
  on: string;
  command?: string;
  values: Record<string, string>;
}

/** What can be asked for at a step that failed: see `FailContext`. */
export type FailRequest =
  | { what: "offer"; before: string; after: string }
  | { what: "offer-on-host"; script: string }
  | { what: "close"; path: string };

/** The answer of a guard or a proof of a step. */
export interface Finding {
  step: string;
  state: "holds" | "fails" | "not applicable" | "nothing to ask" | "broken";
  error?: StepError;
}

/** The messages of a stage's process; the last one is `done` or `stopped`. */
export type Message =
  | { type: "event"; event: RunEvent }
  | { type: "ask"; step: string }
  | { type: "failed"; step: FailedStep }
  | { type: "answer"; offered: { path: string; kind: "bash" | "sh" } | null }
  | { type: "done"; outcome: "passed" | "failed" | "nothing"; values: Record<string, string>; findings: Finding[] }
  | { type: "stopped"; code: string; message: string; hint?: string };

/** The messages to that process: the job first, then one `go` for each `ask` and `failed`, with requests before it. */
export type Reply = { type: "job"; job: Job } | { type: "go" } | { type: "request"; request: FailRequest };
