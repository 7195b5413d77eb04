import { runbookOrder } from "../language/meaning/order.ts";
import { Complaints } from "../language/model/complaints.ts";
import type { Diagnostic } from "../language/model/diagnostic.ts";
import type { Span } from "../language/model/place.ts";
import type { Runbook } from "../language/model/runbook.ts";
import type { ReadEvidence } from "./parse.ts";
import { compareEvidence } from "./state.ts";

const top: Span = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };

/** What is wrong with evidence files: unreadable, of no runbook, or older than what the page says now. */
export function diagnoseEvidence(read: readonly ReadEvidence[], runbooks: ReadonlyMap<string, Runbook>): Diagnostic[] {
  return read.flatMap(({ file, evidence, problems }) => {
    const broken = new Complaints(file);
    for (const problem of problems) {
      broken.add("bad-evidence", top, `${problem.slice(`${file}: `.length)}.`, {
        hint: "Verify writes these files: remove it, and prove the runbook again.",
      });
    }
    if (!evidence) return broken.diagnostics;
    const runbook = runbooks.get(evidence.runbook);
    if (runbook) return stale(runbook, runbookOrder(runbooks, runbook.id), { file, evidence, problems });
    broken.add("stale-evidence", top, `There is no runbook "${evidence.runbook}" for this evidence.`, {
      hint: "Remove the file, or name it and its `runbook` after the runbook's new id.",
    });
    return broken.diagnostics;
  });
}

function stale(runbook: Runbook, order: readonly Runbook[], { evidence }: ReadEvidence): Diagnostic[] {
  if (!evidence) return [];
  const complaints = new Complaints(runbook.file);
  const { state, steps } = compareEvidence(order, evidence);
  if (state !== "changed") return [];
  const since = `since its proof of ${evidence.date.slice(0, 10)} on ${evidence.platform}`;
  const hint = `\`./runbook verify ${runbook.id}\` proves it as it is now.`;
  // A step's hash covers all earlier steps, so the first stale one is named alone.
  const first = steps.findIndex((step) => step.state === "changed" || !step.seen);
  const step = runbook.steps[first];
  const later = steps.length - first - 1;
  const rest = later > 0 ? `, and with it ${later} after it` : "";
  if (step) complaints.add("stale-evidence", step.fence.span, `"${step.id}" changed ${since}${rest}.`, { hint });
  else complaints.add("stale-evidence", runbook.span, `"${runbook.id}" lost steps ${since}.`, { hint });
  return complaints.diagnostics;
}
