import { matchOutput } from "../../../language/output/match.ts";
import { placeInFence } from "../../../language/read/fence/fence.ts";
import type { StepError } from "../../events.ts";
import type { StepInHand } from "../step-in-hand.ts";
import { failure } from "./failures.ts";
import type { PhaseResult } from "./phase.ts";

/** Where a step's output differs from what the page shows: a warning for `exec`. */
export function compareOutput({ step, values }: StepInHand, result: PhaseResult): StepError[] {
  const { output } = step.step;
  if (!output) return [];
  if (result.cut) return [failure(step, output, "output-differs", "The output is too long to be compared.")];
  const difference = matchOutput(output.text, result.stdout, values);
  if (!difference) return [];
  const at = placeInFence(output, difference.line, 1);
  const line = (text: string | undefined): string => (text === undefined ? "nothing more" : `\`${text}\``);
  const message = `The output differs: the page shows ${line(difference.expected)}, the step printed ${line(difference.actual)}.`;
  return [failure(step, output, "output-differs", message, undefined, at)];
}
