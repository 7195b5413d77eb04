import type { StepError } from "../events.ts";
import { needsBash } from "../shell/handed-on.ts";
import { failure } from "./phase/failures.ts";
import type { ShellKind, StepInHand } from "./step-in-hand.ts";

/** An array, or bytes that are no UTF-8, are handed on whole to a bash, and to nothing else. */
export function refusesValues({ step, values }: StepInHand, kind: ShellKind): StepError | undefined {
  const { fence, file } = step.step;
  if (kind === "bash" && !file) return undefined;
  const text = `${file?.path ?? ""}\n${fence.text}`;
  for (const [name, value] of values) {
    if (!needsBash(value) || !new RegExp(`\\b${name}\\b`).test(text)) continue;
    const where = file ? "a file's text" : `the shell of \`${step.target.name}\`, which is no bash,`;
    const message = `${name} is an array, or holds bytes that are no text: ${where} can't take it.`;
    return failure(step, fence, "sets-array", message, 'Hand on a text: IFS=, ; TEXT="${ARRAY[*]}".');
  }
  return undefined;
}
