import type { Phase } from "../../engine/events.ts";
import { exitWords } from "../../words/exit-status.ts";
import type { PhaseRecord, RunRecord, StepRecord } from "../record/record-run.ts";
import type { Tail } from "../record/tail.ts";
import { SKIP_WORDS } from "../step/outcome-words.ts";
import { type Case, failureElement, type Suite, seconds, skippedElement } from "./junit-suite.ts";
import { xmlTag, xmlText } from "./xml.ts";

/** How a run's suites and cases are named: those of a proof's stages are others than those of a plain run. */
export interface RunNames {
  suite: (runbook: string) => string;
  className: (runbook: string) => string;
}

/** A suite for each runbook of a run, in it a case for each step and one for each of its phases beside `run`. */
export function runSuites(run: RunRecord, names: RunNames): Suite[] {
  return run.runbooks.map((runbook) => {
    const steps = run.steps.filter(({ end }) => end.runbook === runbook);
    return {
      name: names.suite(runbook),
      cases: steps.flatMap((step) => casesOf(step, names.className(runbook))),
      durationMs: steps.reduce((sum, { end }) => sum + end.durationMs, 0),
      started: run.started,
      hostname: run.host,
      id: run.run,
      file: steps[0]?.end.file,
    };
  });
}

function casesOf(step: StepRecord, className: string): Case[] {
  const others = step.phases.filter(({ phase }) => phase !== "run");
  return [stepCase(step, className), ...others.map((phase) => phaseCase(step, phase, className))];
}

function stepCase(step: StepRecord, className: string): Case {
  const { end } = step;
  const output = [...outputElement("system-out", step.stdout), ...outputElement("system-err", step.stderr)];
  const attributes = { ...placeOf(step, className), name: end.step, time: seconds(end.durationMs) };
  if (end.error) return { attributes, state: "failed", body: [failureElement(end.error), ...output] };
  if (end.outcome === "passed") return { attributes, state: "passed", body: output };
  const reason = end.reason ? SKIP_WORDS[end.reason] : end.outcome === "cancelled" ? "not reached" : end.outcome;
  const message = [reason, end.detail?.trim()].filter(Boolean).join(": ");
  return { attributes, state: "skipped", body: [skippedElement(message), ...output] };
}

/** Only a proof or an undo that failed is a failure: `when` and a guard that say no are answers. */
function phaseCase(step: StepRecord, { phase, exitCode, durationMs }: PhaseRecord, className: string): Case {
  const attributes = {
    ...placeOf(step, className),
    name: `${step.end.step}: ${phase}`,
    time: seconds(durationMs),
  };
  const judged: readonly Phase[] = ["proof", "undo"];
  if (exitCode === 0 || !step.end.error || !judged.includes(phase)) return { attributes, state: "passed", body: [] };
  const message = exitCode === null ? "ended from outside" : `exit ${exitWords(exitCode)}`;
  return {
    attributes,
    state: "failed",
    body: [`      <${xmlTag("failure", { type: step.end.error.code, message })}/>`],
  };
}

function placeOf({ end }: StepRecord, classname: string): Record<string, string | number> {
  return { classname, file: end.file, line: end.line };
}

function outputElement(name: "system-out" | "system-err", stream: Tail): string[] {
  if (stream.empty) return [];
  return [`      <${name}>${xmlText(stream.lines(Number.POSITIVE_INFINITY).join("\n"))}</${name}>`];
}
