import type { RunEvent, StepError } from "../../../engine/events.ts";
import type { HostShell } from "../../../engine/shell/launch.ts";

/** What a stage's process is to do. */
export type Task = "exec" | "prove" | "status" | "undo";

/** What a stage's process is told. It is a process of its own, so that nothing is known from the stage before. */
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
  /** Tell before each step that is about to run, and wait for the answer. */
  askEach: boolean;
  /** Tell of a step that failed while its target is still there, and wait for the answer. */
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

/** What a guard or a proof said of a step. */
export interface Finding {
  step: string;
  state: "holds" | "fails" | "not applicable" | "nothing to ask" | "broken";
  error?: StepError;
}

/** What a stage's process says, one after the other; the last one is `done` or `stopped`. */
export type Message =
  | { type: "event"; event: RunEvent }
  | { type: "ask"; step: string }
  | { type: "failed"; step: FailedStep }
  | { type: "answer"; offered: { path: string; kind: "bash" | "sh" } | null }
  | { type: "done"; outcome: "passed" | "failed" | "nothing"; values: Record<string, string>; findings: Finding[] }
  | { type: "stopped"; code: string; message: string; hint?: string };

/** What it is answered: the job first, then one `go` for each `ask` and `failed`, before which there may be requests. */
export type Reply = { type: "job"; job: Job } | { type: "go" } | { type: "request"; request: FailRequest };
