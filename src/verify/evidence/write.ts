import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseEvidence } from "../../evidence/parse.ts";
import type { Evidence, LastFailure, StepEvidence } from "../../evidence/schema.ts";
import { forAll, writeWhole } from "../../write-whole.ts";

/** Where the evidence of a page's runbook on a platform lies. */
export function evidenceFile(page: string, runbook: string, platform: string): string {
  return join(dirname(page), "evidence", `${runbook}@${platform}.json`);
}

/** The evidence file as it is now; undefined where no readable one is there. */
export function readEvidence(file: string): Evidence | undefined {
  return existsSync(file) ? parseEvidence(readFileSync(file, "utf8"), file).evidence : undefined;
}

/** Writes evidence as a whole or not at all. What means the same as before stays as it was, so that a diff shows what changed. */
export function writeEvidence(file: string, evidence: Evidence): void {
  const before = readEvidence(file);
  const steps = evidence.steps.map((step) =>
    steady(
      step,
      before?.steps.find(({ id }) => id === step.id),
    ),
  );
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, evidenceText({ ...evidence, steps }), { mode: forAll });
}

/** Records a failure in the evidence of an earlier proof, so that the proof does not hide it. False where there is none. */
export function noteFailure(file: string, lastFailure: LastFailure): boolean {
  const before = readEvidence(file);
  if (!before) return false;
  writeEvidence(file, { ...before, lastFailure });
  return true;
}

/** The text of an evidence file: always the same for the same evidence. */
export function evidenceText(evidence: Evidence): string {
  const { values, host } = evidence;
  const ordered = { ...evidence, values: sorted(values), host: { ...host, tools: sorted(host.tools) } };
  return `${JSON.stringify(ordered, undefined, 2)}\n`;
}

function sorted(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Takes over an earlier output that differs in numbers, in the order of lines or in what was downloaded alone. */
function steady(step: StepEvidence, before: StepEvidence | undefined): StepEvidence {
  if (!before || before.hash !== step.hash) return step;
  const used = new Set<number>();
  const phases = step.phases.map((phase) => {
    const index = before.phases.findIndex((other, at) => !used.has(at) && other.phase === phase.phase);
    if (index >= 0) used.add(index);
    const other = before.phases[index];
    return other && essence(other.output) === essence(phase.output)
      ? { ...phase, output: other.output, cut: other.cut }
      : phase;
  });
  const { downloadedBytes: was } = before;
  const { downloadedBytes: is } = step;
  // Two downloads of the same packages are never of quite the same size.
  const same = was !== undefined && is !== undefined && Math.abs(is - was) < was / 5;
  return { ...step, ...(same && { downloadedBytes: was }), phases };
}

function essence(output: string): string {
  return output.replaceAll(/\d+/g, "0").split("\n").sort().join("\n");
}
