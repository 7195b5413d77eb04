import { runbookHash, stepHash } from "../language/meaning/hash.ts";
import type { Runbook, Step } from "../language/model/runbook.ts";
import type { Evidence, StepEvidence } from "./schema.ts";

/**
 * What evidence says of a step as the page has it now. `skipped`: its guard found it done at once, which proves
 * nothing; `inapplicable`: it does not apply on that platform, and owes no proof.
 */
export type StepState = "proved" | "changed" | "failed" | "skipped" | "inapplicable" | "not-proved";

/** What evidence says of a whole runbook; `partly` where some steps or parts of the proof are left out. */
export type RunbookState = "proved" | "partly" | "changed" | "failed" | "not-proved";

/** A step beside what was seen of it. */
export interface StepProof {
  id: string;
  state: StepState;
  /** When it was proved, or where it failed since, when that was. */
  date: string;
  /** Absent where the step is new. */
  seen?: StepEvidence;
}

/** A runbook beside one platform's evidence. */
export interface PlatformProof {
  evidence: Evidence;
  state: RunbookState;
  /** When it was proved, or where it failed since, when that was. */
  date: string;
  /** All steps that the page has now, in page order. */
  steps: StepProof[];
}

/** Compares evidence with the runbook as it is now: the last of `order`, which has what it requires before it. */
export function compareEvidence(order: readonly Runbook[], evidence: Evidence): PlatformProof {
  const runbook = order.at(-1);
  const steps = (runbook?.steps ?? []).map((step) => stepProof(order, step, evidence));
  const state = runbook ? stateOf(order, runbook, steps, evidence) : "not-proved";
  const date = (state === "failed" && evidence.lastFailure?.date) || evidence.date;
  return { evidence, state, date, steps };
}

/** The state of a runbook on several platforms together: the weakest of them. */
export function worstState(states: readonly RunbookState[]): RunbookState {
  const order: RunbookState[] = ["failed", "changed", "partly", "proved"];
  return order.find((state) => states.includes(state)) ?? "not-proved";
}

function stepProof(order: readonly Runbook[], step: Step, evidence: Evidence): StepProof {
  const { id } = step;
  const hash = stepHash(order, step);
  const seen = evidence.steps.find((one) => one.id === id);
  const { lastFailure } = evidence;
  const failed = lastFailure?.step === id && lastFailure.hash === hash;
  const state = failed ? "failed" : !seen ? "not-proved" : seen.hash === hash ? stateSeen(seen) : "changed";
  return { id, state, date: failed ? lastFailure.date : evidence.date, ...(seen && { seen }) };
}

function stateSeen({ outcome, reason }: StepEvidence): StepState {
  if (outcome === "passed") return "proved";
  if (outcome === "failed") return "failed";
  if (outcome === "skipped") return reason === "when" ? "inapplicable" : "skipped";
  return "not-proved";
}

function stateOf(order: readonly Runbook[], runbook: Runbook, steps: StepProof[], evidence: Evidence): RunbookState {
  const { again, restart, undo, residue, lastFailure } = evidence;
  const has = (...states: StepState[]): boolean => steps.some(({ state }) => states.includes(state));
  const hash = runbookHash(order, runbook);
  // A failure counts while the page still says what failed.
  const wholeFailed = lastFailure && !lastFailure.step && (lastFailure.hash ?? hash) === hash;
  if (has("failed") || wholeFailed) return "failed";
  const gone = evidence.steps.some(({ id }) => !steps.some((step) => step.id === id));
  const added = has("proved") && steps.some(({ seen }) => !seen);
  if (has("changed") || gone || added) return "changed";
  const parts = [again, restart, undo];
  if (parts.includes("failed") || residue.some(({ keeps }) => keeps === null)) return "failed";
  if (!has("proved")) return "not-proved";
  return has("skipped", "not-proved") || parts.includes("skipped") ? "partly" : "proved";
}
