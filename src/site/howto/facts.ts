import type { Runbook } from "../../language/model/runbook.ts";
import { count } from "../../words/count.ts";

/** The needs and effects of a runbook, in a few words each. */
export function factsOf({ steps, needs, params }: Pick<Runbook, "steps" | "needs" | "params">): string[] {
  return [
    count(steps.length, "step"),
    ...(needs.length > 0 ? [`needs ${needs.join(", ")}`] : []),
    ...(params.length > 0 ? [valuesWords(params)] : []),
  ];
}

function valuesWords(params: Runbook["params"]): string {
  const asked = params.filter((parameter) => parameter.default === undefined).length;
  const values = count(params.length, "value");
  if (asked === params.length) return `${values} to be given`;
  if (asked > 0) return `${values}, ${asked} to be given`;
  return `${values}, ${params.length === 1 ? "with a default" : "all with defaults"}`;
}
