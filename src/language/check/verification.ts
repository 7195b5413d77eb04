import { didYouMean } from "../../words/nearest.ts";
import type { Complaints } from "../model/complaints.ts";
import type { Parameter, ProvedValue, Runbook } from "../model/runbook.ts";
import { checkValue } from "../values/check-value.ts";

/** The values for which the last runbook is proved too: names of its parameters or of those that run before it. */
export function checkVerification(order: readonly Runbook[], complaints: Complaints): void {
  const parameters = new Map(order.flatMap(({ params }) => params.map((one) => [one.name, one] as const)));
  for (const { name, value, span } of order.at(-1)?.verify?.values.flat() ?? []) {
    const problem = problemOf({ name, value }, parameters);
    if (problem) complaints.add("bad-proved-value", span, problem.message, { hint: problem.hint });
  }
}

function problemOf(
  { name, value }: Pick<ProvedValue, "name" | "value">,
  parameters: ReadonlyMap<string, Parameter>,
): { message: string; hint: string | undefined } | undefined {
  const parameter = parameters.get(name);
  if (!parameter) {
    const hint = didYouMean(name, parameters.keys(), "Declare it under `params:`.");
    return { message: `No parameter is called ${name}.`, hint };
  }
  if (parameter.secret) {
    const hint = "A page is no place for a secret: give it to `verify` in the environment.";
    return { message: `${name} is a secret and must have no value here.`, hint };
  }
  const broken = checkValue(parameter, value);
  return broken === undefined ? undefined : { message: broken, hint: "Change the value, or the rule." };
}
