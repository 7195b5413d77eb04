import type { Outcome, SkipReason, StepError } from "../events.ts";
import type { KeptState } from "../journal/record.ts";

/** How a step ended. */
export interface StepResult {
  outcome: Outcome;
  exitCode: number | null;
  reason?: SkipReason;
  detail?: string;
  error?: StepError;
  warnings?: StepError[];
  /** The state of its target's shell, where it is still to be kept. */
  left?: KeptState;
}

/** The end of a step whose own commands did not run, and need not. */
export function skipped(reason: SkipReason, detail?: string): StepResult {
  return { outcome: "skipped", exitCode: null, reason, ...(detail ? { detail } : {}) };
}

/** The end of an undo that left the step's work as it is. */
export function left(detail: string): StepResult {
  return { outcome: "left", exitCode: null, detail };
}

/** The end of a step that failed. */
export function failed(error: StepError, exitCode: number | null): StepResult {
  return { outcome: "failed", exitCode, error };
}
