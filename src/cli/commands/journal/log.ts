import type { StepRecord } from "../../../engine/journal/record.ts";
import { STATE_SIGNS } from "../../../report/step/outcome-words.ts";
import { clean, cleanLine } from "../../../terminal/clean.ts";
import { type Style, styleFor } from "../../../terminal/style.ts";
import { duration } from "../../../words/duration.ts";
import { exitWords } from "../../../words/exit-status.ts";
import type { Context } from "../../context.ts";
import { withJournal } from "../../journal.ts";

/** Prints a run's steps with their output. */
export async function run(context: Context): Promise<number> {
  const { io } = context;
  const style = styleFor(Boolean(io.stdout.isTTY), io.env);
  return await withJournal(context, (journal) => {
    const record = journal.run(context.words[0] ?? "");
    const { id, kind, runbook, host, started, outcome, exitCode, values } = record;
    const end = outcome === undefined ? "unfinished" : `${outcome}, exit code ${exitCode}`;
    io.out(`${style("bold", id)}: ${kind === "undo" ? "undo of " : ""}${runbook} on ${host}\n`);
    io.out(`${started}  ${end}\n`);
    for (const [name, value] of Object.entries(values)) io.out(`  ${name}=${clean(value).replaceAll("\n", "↵")}\n`);
    for (const step of journal.steps(id)) io.out(`\n${stepLines(step, style).join("\n")}\n`);
    return 0;
  });
}

function stepLines(step: StepRecord, style: Style): string[] {
  const { end, key, target } = step;
  const state = end?.outcome ?? (step.begun === undefined ? "cancelled" : "unfinished");
  const mark = state === "unfinished" ? "yellow" : STATE_SIGNS[state].mark;
  const notes = [
    ...(target === "host" ? [] : [`on ${target}`]),
    ...(end && end.outcome !== "cancelled" ? [duration(end.durationMs)] : []),
    ...(end?.exitCode ? [`exit code ${exitWords(end.exitCode)}`] : []),
    ...((step.attempt ?? 1) > 1 ? [`attempt ${step.attempt}`] : []),
    ...(end?.reason ? [end.reason] : []),
    ...(step.undone ? ["undone since"] : []),
  ];
  const lines = [`${style(mark, state)} ${style("bold", key)}${notes.length > 0 ? `  (${notes.join(", ")})` : ""}`];
  for (const { phase, stream, text, cut } of step.output) {
    lines.push(style("dim", `  ${phase}, ${stream}:`));
    if (cut) lines.push(style("dim", `  | … ${cut} characters left out`));
    const output = text.endsWith("\n") ? text.slice(0, -1) : text;
    lines.push(...output.split("\n").map((line) => `  ${style("dim", "|")} ${cleanLine(line)}`.trimEnd()));
  }
  if (end?.error) {
    const { code, message, file, line, column, hint } = end.error;
    lines.push(`  ${style("red", `error[${code}]`)} ${clean(message)}`, `   --> ${file}:${line}:${column}`);
    if (hint) lines.push(`   = ${clean(hint)}`);
  }
  return lines;
}
