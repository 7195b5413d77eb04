import { RunbookError } from "../../errors/runbook-error.ts";
import type { Plan } from "../plan/plan.ts";
import { isDone } from "../step/is-done.ts";
import type { StepInHand } from "../step/step-in-hand.ts";
import { computeValues } from "./begin/computed.ts";
import { notHandedOn } from "./begin/not-handed-on.ts";
import { Inspection } from "./inspect.ts";
import type { InspectOptions } from "./options.ts";

/** What a step's guards say now. */
export type StepState = "done" | "not done" | "not running" | "unknown" | "not applicable" | "broken";

/** A step and what its guards say. */
export interface StepStatus {
  key: string;
  state: StepState;
  detail?: string;
}

/** Asks every step's `when` and guards, in order; nothing is run. */
export async function status(plan: Plan, options: InspectOptions): Promise<StepStatus[]> {
  const inspection = new Inspection(plan, options);
  try {
    const found: StepStatus[] = [];
    let computed: string | undefined;
    for (const step of plan.steps) {
      if (step.runbook.id !== computed) {
        computed = step.runbook.id;
        try {
          await computeValues(plan, inspection.live, step.runbook);
        } catch (error) {
          if (!(error instanceof RunbookError)) throw error;
        }
      }
      found.push({ key: step.key, ...(await stateOf(plan, inspection.hand(step))) });
    }
    return found;
  } finally {
    await inspection.close();
  }
}

/** What a step's `when` and guards say now, in a word and a detail that may be shown. */
export async function stateOf(plan: Plan, hand: StepInHand): Promise<Omit<StepStatus, "key">> {
  const missing = notHandedOn(plan, hand.step, hand.values);
  if (missing) return { state: "unknown", detail: `the step ${missing.by} hands ${missing.name} on in a run` };
  const verdict = await isDone(hand);
  const { masker } = hand.run;
  if (verdict.says === "broken") return { state: "broken", detail: masker.text(verdict.error.message) };
  if (verdict.says === "not applicable") return { state: "not applicable", detail: masker.text(verdict.why) };
  // A service runs only beside a run: after the run, a service that is not there is nothing to do again.
  if (verdict.says === "not done" && hand.step.step.background) return { state: "not running" };
  if (verdict.says !== "unknown") return { state: verdict.says };
  return { state: "unknown", detail: hand.step.step.sets.length > 0 ? "it only reads" : "it has no guard" };
}
