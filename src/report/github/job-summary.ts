import { duration } from "../../words/duration.ts";
import type { RunRecord, StepRecord } from "../record/record-run.ts";
import { countWords, SKIP_WORDS, STATE_SIGNS } from "../step/outcome-words.ts";
import { htmlText, inlineText, tableRow } from "./markdown-text.ts";

/** Characters of one job summary: GitHub refuses one of more than 1 MiB. */
const summaryLimit = 900_000;

/** Lines of each step's output. */
const outputLines = 100;

/** Parts of a summary as one text, as many of them as GitHub takes. */
export function jobSummary(parts: readonly string[]): string {
  let text = "";
  for (const part of parts) {
    if (text.length + part.length > summaryLimit) return `${text}\nThe rest does not fit into a summary.\n`;
    text += part;
  }
  return text;
}

/** A run in Markdown: a table of its steps, and what each step printed, folded. */
export function runSummary(run: RunRecord): string[] {
  return [heading(run), stepTable(run.steps), ...run.steps.flatMap(transcript)];
}

function heading({ runbooks, host, end }: RunRecord): string {
  const state = end ? `${end.outcome}: ${countWords(end.counts)} in ${duration(end.durationMs)}` : "broken off";
  return `### ${inlineText(runbooks.at(-1) ?? "")} on ${inlineText(host)}: ${state}\n\n`;
}

/** Steps as a table, a row each. */
export function stepTable(steps: readonly StepRecord[]): string {
  const rows = steps.map(({ end }) => {
    const why = end.error?.message ?? (end.reason ? SKIP_WORDS[end.reason] : "");
    const state = `${STATE_SIGNS[end.outcome].symbol} ${end.outcome}`;
    const words = [`${end.runbook}/${end.step}`, `${end.file}:${end.line}`, why].map(inlineText);
    return tableRow([state, words[0] ?? "", words[1] ?? "", duration(end.durationMs), words[2] ?? ""]);
  });
  return `| | step | place | time | |\n|---|---|---|---|---|\n${rows.join("")}\n`;
}

/** What a step printed, folded; nothing where it printed nothing. */
export function transcript({ end, stdout, stderr }: StepRecord): string[] {
  const lines = [stdout, stderr].flatMap((stream) => (stream.empty ? [] : stream.lines(outputLines)));
  if (lines.length === 0) return [];
  // In HTML, where no Markdown is read: between the tags there must be no empty line.
  const text = lines.map((line) => htmlText(line) || "&#8203;").join("\n");
  const open = end.outcome === "failed" ? " open" : "";
  const name = htmlText(`${end.runbook}/${end.step}`);
  return [`<details${open}><summary>${name}</summary><pre>${text}</pre></details>\n\n`];
}
