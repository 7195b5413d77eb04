import { clean } from "../terminal/clean.ts";
import { duration } from "../words/duration.ts";
import { countWords, SKIP_WORDS, STATE_SIGNS } from "./outcome-words.ts";
import type { RunRecord, StepRecord } from "./record-run.ts";

/** Characters of one job summary: GitHub refuses one of more than 1 MiB. */
const summaryLimit = 900_000;

/** Lines of each step's output. */
const outputLines = 100;

/** A summary of runs in Markdown: a table of steps for each, and what each step printed, folded. */
export function jobSummary(runs: readonly RunRecord[]): string {
  const parts = runs.flatMap((run) => [heading(run), table(run), ...run.steps.flatMap(transcript)]);
  let text = "";
  for (const part of parts) {
    if (text.length + part.length > summaryLimit) return `${text}\nThe rest does not fit into a summary.\n`;
    text += part;
  }
  return text;
}

function heading({ runbooks, host, end }: RunRecord): string {
  const state = end ? `${end.outcome}: ${countWords(end.counts)} in ${duration(end.durationMs)}` : "broken off";
  return `### ${inline(runbooks.at(-1) ?? "")} on ${inline(host)}: ${state}\n\n`;
}

function table({ steps }: RunRecord): string {
  const rows = steps.map(({ end }) => {
    const why = end.error?.message ?? (end.reason ? SKIP_WORDS[end.reason] : "");
    const state = `${STATE_SIGNS[end.outcome].symbol} ${end.outcome}`;
    const cells = [`${end.runbook}/${end.step}`, `${end.file}:${end.line}`, why].map(inline);
    return `| ${state} | ${cells[0]} | ${cells[1]} | ${duration(end.durationMs)} | ${cells[2]} |\n`;
  });
  return `| | step | place | time | |\n|---|---|---|---|---|\n${rows.join("")}\n`;
}

function transcript({ end, stdout, stderr }: StepRecord): string[] {
  const lines = [stdout, stderr].flatMap((stream) => (stream.empty ? [] : stream.lines(outputLines)));
  if (lines.length === 0) return [];
  // In HTML, where no Markdown is read: between the tags there must be no empty line.
  const text = lines.map((line) => html(line) || "&#8203;").join("\n");
  const open = end.outcome === "failed" ? " open" : "";
  return [`<details${open}><summary>${html(`${end.runbook}/${end.step}`)}</summary><pre>${text}</pre></details>\n\n`];
}

/** A text of others in one line of Markdown: as HTML entities, which are never markup. */
function inline(text: string): string {
  return html(text.replace(/\s+/g, " ").trim());
}

function html(text: string): string {
  return clean(text).replace(/[^\p{L}\p{N} ./-]/gu, (character) => `&#${character.codePointAt(0)};`);
}
