import type { ProofOutcome } from "../../evidence/events.ts";
import { duration } from "../../words/duration.ts";
import { type ProofRecord, valueWords } from "../record/record-proof.ts";
import type { RunRecord } from "../record/record-run.ts";
import { STATE_SIGNS } from "../step/outcome-words.ts";
import { stepTable, transcript } from "./job-summary.ts";
import { inlineText, tableRow } from "./markdown-text.ts";

/** The word for a proof that passed. */
export const PROOF_WORDS: Readonly<Record<ProofOutcome, string>> = {
  passed: "proved",
  failed: "failed",
  blocked: "blocked",
  cancelled: "broken off",
};

/**
 * A proof in Markdown: a table of its stages, one of the steps of its first run with what each printed, folded, and of the
 * later runs only the steps that failed.
 */
export function proofSummary(proof: ProofRecord, runs: readonly RunRecord[]): string[] {
  const own = (run: RunRecord) => run.steps.filter(({ end }) => end.runbook === proof.start.runbook);
  const first = runs.find((run) => run.proof?.stage === "run");
  const later = runs.filter((run) => run !== first);
  return [
    heading(proof),
    ...(proof.stages.length > 0 ? [stageTable(proof)] : []),
    ...(first ? [stepTable(own(first)), ...own(first).flatMap(transcript)] : []),
    ...later.flatMap((run) => run.steps.filter(({ end }) => end.outcome === "failed").flatMap(transcript)),
  ];
}

function heading({ start, end }: ProofRecord): string {
  const { runbook, platform } = start;
  const how =
    end?.since === undefined
      ? `in ${duration(end?.durationMs ?? 0)}`
      : `on ${end.since.slice(0, 10)}; nothing has changed since`;
  const state = end ? `${PROOF_WORDS[end.outcome]} ${how}` : "broken off";
  const why = end?.error ? `${inlineText(end.error.message)}\n\n` : "";
  return `### ${inlineText(runbook)} on ${inlineText(platform)}: ${state}\n\n${why}`;
}

function stageTable({ stages }: ProofRecord): string {
  const rows = stages.map(({ stage, values, outcome, durationMs, error }) => {
    const state = `${STATE_SIGNS[outcome].symbol} ${outcome}`;
    const place = error ? `${error.file}:${error.line}` : "";
    const words = [`${stage}${valueWords(values)}`, place, error?.message ?? ""].map(inlineText);
    return tableRow([state, words[0] ?? "", words[1] ?? "", duration(durationMs), words[2] ?? ""]);
  });
  return `| | stage | place | time | |\n|---|---|---|---|---|\n${rows.join("")}\n`;
}
