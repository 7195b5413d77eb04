import type { RunEvent } from "../../engine/events.ts";

/** The messages to a window, in order. */
export type Message =
  | { type: "event"; event: RunEvent }
  /** A run, or an undo, begins or has ended; `run` is known once it has a name. */
  | { type: "going"; going: Going | null }
  /** A question is open, or no longer. */
  | { type: "question"; question: Question | null }
  /** A shell opens at a failing step, or has ended. */
  | { type: "shell"; shell: OpenShell | null }
  | { type: "shell-output"; number: number; text: string }
  /** The size that the shell's terminal has in every window. */
  | ({ type: "shell-size" } & ShellSize)
  /** What kept a run from beginning. */
  | { type: "refused"; id: string; message: string; hint: string };

/** What runs now. */
export interface Going {
  kind: "exec" | "undo";
  /** The runbook that was asked for. */
  id: string;
}

/** A question to every open window. */
export interface Question {
  number: number;
  text: string;
}

/** The shell at a failing step. */
export interface OpenShell {
  number: number;
  /** The step, as `runbook/step`. */
  key: string;
}

/** The columns and rows of the terminal of a shell. */
export interface ShellSize {
  number: number;
  columns: number;
  rows: number;
}

/** What the journal knows of a runbook. */
export interface State {
  going: Going | null;
  /** Each step of the runbook and of those that it requires, by key, as it was left last. */
  steps: Record<string, { outcome: string; run: string; when: string }>;
  /** The latest run, where it did not end well and nothing went on with it. */
  resumable: string | null;
  /** Why each dangerous step is asked about, by key. */
  danger: Record<string, string>;
}

/** A request of a window. */
export interface Wish {
  id: string;
  values: Record<string, string>;
  /** Never kept: for this run alone. */
  secrets: Record<string, string>;
  /** One step alone. */
  step?: string;
  /** Open a shell at a step that fails. */
  shell?: boolean;
}
