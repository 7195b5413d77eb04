import type { PlanStep } from "../plan/plan.ts";
import { failure } from "./phase/failures.ts";
import { failed, type StepResult, skipped } from "./step-result.ts";

/** Asks a question that a person answers with yes or no; rejects where nobody can be asked. */
export type Ask = (question: {
  kind: "danger" | "retry" | "step" | "undo" | "unlocked";
  text: string;
  hint?: string;
}) => Promise<boolean>;

/** Whom to ask, and what is answered beforehand. */
export interface Asking {
  ask: Ask;
  /** Answer yes to what would be asked. */
  yes: boolean;
  /** Ask before each step. */
  each: boolean;
}

/** Asks before what is dangerous, in doubt, or wanted step by step. Gives the step's end where the answer was no. */
export async function askPerson(
  step: PlanStep,
  inDoubt: boolean,
  { ask, yes, each }: Asking,
): Promise<StepResult | undefined> {
  const { danger, undo, fence } = step.step;
  const kind = danger ? "danger" : inDoubt ? "retry" : each ? "step" : undefined;
  if (kind === undefined || (yes && kind !== "step")) return undefined;
  const again = undo.length > 0 ? "Undo it and try" : "Try";
  const text = {
    danger: `${step.key}: ${danger}`,
    retry: `${step.key} was begun by the run before and not finished. ${again} it again?`,
    step: `Run ${step.key}?`,
  }[kind];
  if (await ask({ kind, text })) return undefined;
  if (kind === "step") return skipped("deselected", "you said no");
  return failed(failure(step, fence, "refused", "You said no; nothing was run."), null);
}
