import type { StageFinished } from "../../evidence/events.ts";
import { type ProofRecord, valueWords } from "../record/record-proof.ts";
import type { RunRecord } from "../record/record-run.ts";
import { runSuites } from "./junit-run.ts";
import { type Case, failureElement, type Suite, seconds, skippedElement } from "./junit-suite.ts";
import { xmlText } from "./xml.ts";

/** A suite for a proof, in it a case for each stage, and behind it the suites of the runs of its stages. */
export function proofSuites(proof: ProofRecord, runs: readonly RunRecord[]): Suite[] {
  const { start, stages, end } = proof;
  const { runbook, platform } = start;
  const className = `${platform}.${runbook}`;
  const own: Suite = {
    name: `${runbook} on ${platform}`,
    cases: [...stages.map((stage) => stageCase(stage, className)), ...wholeCase(proof, className)],
    durationMs: end?.durationMs ?? stages.reduce((sum, { durationMs }) => sum + durationMs, 0),
    started: start.time,
    hostname: platform,
    id: start.run,
    file: start.file,
  };
  const inner = runs.flatMap((run) => {
    const part = `${run.proof?.stage ?? "run"}${valueWords(run.proof?.values)}`;
    return runSuites(run, {
      suite: (id) => `${id === runbook ? id : `${id} for ${runbook}`} on ${platform}: ${part}`,
      className: (id) => `${className}.${part}${id === runbook ? "" : `.${id}`}`,
    });
  });
  return [own, ...inner];
}

function stageCase(event: StageFinished, classname: string): Case {
  const { stage, values, outcome, durationMs, error, file, line } = event;
  // A failure stands at its own line, so that what annotates by cases points there.
  const place = error ? { file: error.file, line: error.line } : { file, line };
  const attributes = { classname, ...place, name: `${stage}${valueWords(values)}`, time: seconds(durationMs) };
  return endedCase(attributes, outcome, error);
}

/** A case for the whole proof where no stage failed: no stage began, or the proof ended for another reason. */
function wholeCase({ start, stages, end }: ProofRecord, classname: string): Case[] {
  const { file, line } = start;
  if (stages.some(({ outcome }) => outcome !== "passed") || (stages.length > 0 && end?.outcome === "passed")) return [];
  const attributes = { classname, file, line, name: "proof", time: seconds(end?.durationMs ?? 0) };
  if (!end) return [{ attributes, state: "failed", body: ['      <failure type="cancelled" message="broken off"/>'] }];
  if (end.since === undefined) return [endedCase(attributes, end.outcome, end.error)];
  const words = xmlText(`nothing has changed since ${end.since}`);
  return [{ attributes, state: "passed", body: [`      <system-out>${words}</system-out>`] }];
}

function endedCase(
  attributes: Case["attributes"],
  outcome: StageFinished["outcome"],
  error: StageFinished["error"],
): Case {
  if (outcome === "passed") return { attributes, state: "passed", body: [] };
  if (outcome === "failed" && error) return { attributes, state: "failed", body: [failureElement(error)] };
  const message = [outcome, error?.message].filter(Boolean).join(": ");
  return { attributes, state: "skipped", body: [skippedElement(message)] };
}
