import type { Plan } from "../../plan/plan.ts";
import type { Masker } from "../../secrets/mask.ts";

/** Every value of a plan that is known. */
export function valuesOf(plan: Plan): Map<string, string> {
  return new Map([...plan.values.values()].flatMap(({ name, text }) => (text === undefined ? [] : [[name, text]])));
}

/** The values that the journal may have: none that is a secret or contains one. */
export function keptValues(plan: Plan, masker: Masker): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const { name, text, parameter } of plan.values.values()) {
    if (text !== undefined && !parameter.secret && !masker.contains(text)) kept[name] = text;
  }
  return kept;
}

/** The values as they may be shown: a secret is `***`. */
export function shownValues(plan: Plan, masker: Masker): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const { name, text, parameter } of plan.values.values()) {
    if (text !== undefined) shown[name] = parameter.secret ? "***" : masker.text(text);
  }
  return shown;
}
