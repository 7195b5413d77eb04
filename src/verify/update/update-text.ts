import type { Runbook, Step } from "../../language/model/runbook.ts";
import { readPage } from "../../language/read/read-page.ts";
import type { ProofFailure } from "../stage/findings/verdict.ts";
import { rewriteOutput } from "./rewrite-output.ts";
import { rewriteSession } from "./rewrite-session.ts";

/** A line that could end its fence. */
const FENCE = /^\s*(?:```|~~~)/m;

/** A page with what steps printed, and the lines of the fences that have it now, or can't have it. */
export interface UpdatedText {
  text: string;
  updated: number[];
  refused: number[];
}

/**
 * Writes what steps printed into the page, where that changes nothing but what is expected: a printed line that would be a
 * command, or end its fence, is written nowhere.
 */
export async function updateText(
  page: string,
  runbook: Runbook,
  differs: NonNullable<ProofFailure["differs"]>,
): Promise<UpdatedText> {
  let text = page;
  const [updated, refused]: [number[], number[]] = [[], []];
  const steps = runbook.steps.flatMap((step) => {
    const printed = differs.find((one) => one.step === step.id)?.printed;
    const place = step.session ?? step.output;
    return printed !== undefined && place ? [{ step, printed, line: place.span.start.line }] : [];
  });
  // From the last one up, so that the places of those above stay right.
  for (const { step, printed, line } of steps.sort((one, other) => other.line - one.line)) {
    const next = step.session
      ? rewriteSession(text, step, printed)
      : step.output && rewriteOutput(text, step.output, printed);
    const safe =
      next !== undefined && !FENCE.test(printed) && (await meaning(next, runbook)) === (await meaning(text, runbook));
    (safe ? updated : refused).unshift(line);
    if (safe) text = next;
  }
  return { text, updated, refused };
}

/** All that a page's steps mean, but for what they are expected to print and where they stand. */
async function meaning(text: string, { file }: Runbook): Promise<string> {
  const { runbook } = await readPage(text, { file });
  const places = new Set<keyof Step | "span" | "lines">(["output", "session", "span", "lines"]);
  return JSON.stringify(runbook ?? null, (key, value: unknown) => (places.has(key as "span") ? undefined : value));
}
