import type { Phase, RunEvent } from "../engine/events.ts";
import { exitWords } from "../words/exit-status.ts";
import { SKIP_WORDS } from "./outcome-words.ts";
import { type PhaseRecord, type RunRecord, RunRecorder, type StepRecord } from "./record-run.ts";
import type { Report } from "./report.ts";
import type { Tail } from "./tail.ts";
import { xmlTag, xmlText } from "./xml.ts";

/** A test case of JUnit's format: its attributes and the elements in it. */
interface Case {
  attributes: Readonly<Record<string, string | number | undefined>>;
  state: "passed" | "failed" | "skipped" | "error";
  body: readonly string[];
}

/**
 * JUnit's XML, written when the last run has ended: a suite for each runbook of a run, in it a case for each step and one
 * for each of its phases beside `run`. A case has its page's file and line, and a failed one the end of the output.
 * Elements and attributes are those of the schema that Jenkins' xUnit plugin checks, but for `file` and `line` on a case,
 * which GitLab and annotating actions read.
 */
export class JunitReport implements Report {
  readonly #recorder = new RunRecorder();
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  readonly listen = (event: RunEvent): void => this.#recorder.listen(event);

  close(): void {
    const suites = this.#recorder.runs.flatMap((run) =>
      run.runbooks.map((id) => suite(run, id)).filter((lines) => lines.length > 0),
    );
    this.#write(
      ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", ...suites.flat(), "</testsuites>", ""].join("\n"),
    );
  }
}

function suite(run: RunRecord, runbook: string): string[] {
  const steps = run.steps.filter(({ end }) => end.runbook === runbook);
  if (steps.length === 0) return [];
  const cases = steps.flatMap(casesOf);
  const count = (state: Case["state"]): number => cases.filter((one) => one.state === state).length;
  const tag = xmlTag("testsuite", {
    name: runbook,
    tests: cases.length,
    failures: count("failed"),
    errors: count("error"),
    skipped: count("skipped"),
    time: seconds(steps.reduce((sum, { end }) => sum + end.durationMs, 0)),
    timestamp: run.started.replace(/\.\d+Z$/, ""),
    hostname: run.host,
    id: run.run,
    file: steps[0]?.end.file,
  });
  return [`  <${tag}>`, ...cases.flatMap(caseLines), "  </testsuite>"];
}

function caseLines({ attributes, body }: Case): string[] {
  const tag = xmlTag("testcase", attributes);
  return body.length === 0 ? [`    <${tag}/>`] : [`    <${tag}>`, ...body, "    </testcase>"];
}

function casesOf(step: StepRecord): Case[] {
  return [stepCase(step), ...step.phases.filter(({ phase }) => phase !== "run").map((phase) => phaseCase(step, phase))];
}

function stepCase(step: StepRecord): Case {
  const { end } = step;
  const output = [...outputElement("system-out", step.stdout), ...outputElement("system-err", step.stderr)];
  const attributes = { ...placeOf(step), name: end.step, time: seconds(end.durationMs) };
  if (end.error) {
    const { code, message, hint, file, line, column } = end.error;
    const words = [`${file}:${line}:${column}: ${message}`, ...(hint ? [hint] : [])].join("\n");
    const failure = `      <${xmlTag("failure", { type: code, message })}>${xmlText(words)}</failure>`;
    return { attributes, state: "failed", body: [failure, ...output] };
  }
  if (end.outcome === "passed") return { attributes, state: "passed", body: output };
  const reason = end.reason ? SKIP_WORDS[end.reason] : end.outcome === "cancelled" ? "not reached" : end.outcome;
  const message = [reason, end.detail?.trim()].filter(Boolean).join(": ");
  return { attributes, state: "skipped", body: [`      <${xmlTag("skipped", { message })}/>`, ...output] };
}

/** Only a proof or an undo that failed is a failure: `when` and a guard that say no are answers. */
function phaseCase(step: StepRecord, { phase, exitCode, durationMs }: PhaseRecord): Case {
  const attributes = { ...placeOf(step), name: `${step.end.step}: ${phase}`, time: seconds(durationMs) };
  const judged: readonly Phase[] = ["proof", "undo"];
  if (exitCode === 0 || !step.end.error || !judged.includes(phase)) return { attributes, state: "passed", body: [] };
  const message = exitCode === null ? "ended from outside" : `exit ${exitWords(exitCode)}`;
  return {
    attributes,
    state: "failed",
    body: [`      <${xmlTag("failure", { type: step.end.error.code, message })}/>`],
  };
}

function placeOf({ end }: StepRecord): Record<string, string | number> {
  return { classname: end.runbook, file: end.file, line: end.line };
}

function outputElement(name: "system-out" | "system-err", stream: Tail): string[] {
  if (stream.empty) return [];
  return [`      <${name}>${xmlText(stream.lines(Number.POSITIVE_INFINITY).join("\n"))}</${name}>`];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
