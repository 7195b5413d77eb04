import { doneChecks } from "../../../language/model/runbook.ts";
import type { Plan, PlanStep } from "../../plan/plan.ts";
import { targetFor } from "../../plan/plan.ts";

/** A variable that a step needs, and the step before it that hands the variable on. */
export interface NotHandedOn {
  name: string;
  by: string;
}

/**
 * The first variable in a step's checks that an earlier step hands on. Outside of a run the variable has no value, and no
 * such check can answer.
 */
export function notHandedOn(plan: Plan, step: PlanStep, known: ReadonlyMap<string, string>): NotHandedOn | undefined {
  const texts = textsOf(step);
  for (const earlier of plan.steps.slice(0, step.index)) {
    for (const name of earlier.step.sets) {
      const named = new RegExp(`\\$\\{?${name}(?![A-Za-z0-9_])`);
      if (!known.has(name) && texts.some((text) => named.test(text))) return { name, by: earlier.step.id };
    }
  }
  return undefined;
}

/** The texts that decide whether a step is done. */
function textsOf(step: PlanStep): string[] {
  const { when, file, fence } = step.step;
  const checks = [...when, ...doneChecks(step.step)];
  const commands = [step.target, ...checks.map((check) => targetFor(step, check))].map(({ command = "" }) => command);
  return [...checks.map(({ text }) => text), ...commands, ...(file ? [file.path, fence.text] : [])];
}
