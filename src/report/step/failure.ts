import type { Phase, StepError } from "../../engine/events.ts";
import { clean, cleanLine } from "../../terminal/clean.ts";
import { excerpt } from "../../terminal/excerpt.ts";
import type { Style } from "../../terminal/style.ts";
import { cut, wrap } from "../../terminal/width.ts";
import { exitWords } from "../../words/exit-status.ts";
import type { Tail } from "../record/tail.ts";

/** Reads a page's text by the path that events give. */
export type ReadPage = (file: string) => string | undefined;

/** The facts about a step's failure. */
export interface Failure {
  error: StepError;
  exitCode: number | null;
  stdout: Tail;
  stderr: Tail;
  /** The part of the step that printed them. */
  phase: Phase;
}

/** How a failure is shown. */
export interface FailureView {
  readPage: ReadPage;
  columns: number;
  style: Style;
  /** Lines of output that are shown at most. */
  tailLines?: number;
}

/** A failed step as a compiler shows an error: what, where, the lines around, the end of its output, the way out. */
export function failureLines(failure: Failure, view: FailureView): string[] {
  const { error, exitCode } = failure;
  const { style, columns } = view;
  const lines = [
    `${style("red", `error[${error.code}]`)} ${style("bold", clean(error.message))}`,
    `  --> ${error.file}:${error.line}:${error.column}`,
    ...pageLines(error, view).map((line) => `  ${line}`),
  ];
  if (exitCode !== null && exitCode !== 0 && !error.message.includes(String(exitCode))) {
    lines.push(`  exit code ${exitWords(exitCode)}`);
  }
  lines.push(...outputLines(failure, view).map((line) => cut(line, columns)));
  if (error.hint) {
    const [head, ...rest] = wrap(clean(error.hint), Math.max(30, columns - 4));
    lines.push(`  ${style("blue", "=")} ${head ?? ""}`, ...rest.map((line) => `    ${line}`));
  }
  return lines;
}

/** What a step printed that its page does not show: a warning, with its place. */
export function warningLines(warning: StepError, { style }: FailureView): string[] {
  const [head = "", ...rest] = clean(warning.message).split("\n");
  return [
    `${style("yellow", `warning[${warning.code}]`)} ${head}`,
    ...rest.map((line) => `  ${line}`),
    `  --> ${warning.file}:${warning.line}:${warning.column}`,
  ];
}

function pageLines(error: StepError, { readPage, columns, style }: FailureView): string[] {
  const text = readPage(error.file);
  if (text === undefined) return [];
  return excerpt({ text, line: error.line, column: error.column, columns: columns - 2, style });
}

function outputLines({ stdout, stderr, phase }: Failure, { style, tailLines = 12 }: FailureView): string[] {
  const stream = stderr.empty ? stdout : stderr;
  if (stream.empty) return ["  it printed nothing"];
  const name = stream === stderr ? "stderr" : "stdout";
  return [
    `  the end of ${phase === "run" ? "" : `its ${phase}'s `}${name}:`,
    ...stream.lines(tailLines).map((line) => `  ${style("dim", "|")} ${cleanLine(line)}`),
  ];
}
