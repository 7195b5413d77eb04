import type { Outcome, Phase, RunEvent, StepError, StepFinished } from "../../src/engine/events.ts";

const base = { time: "2026-11-24T21:00:00.000Z", run: "20261124-2100-k3f9" };

/** A page on which the steps of the recorded runs stand. */
export const PAGE = [
  "# A container",
  "",
  "Create it.",
  "",
  '```sh step="create"',
  'lxc-create --name "$CONTAINER"   # ausführlich: 容器',
  "```",
  "",
  "Start it.",
].join("\n");

/** The beginning of a run. */
export function runStarted(values: Record<string, string> = { CONTAINER: "web1" }): RunEvent {
  return { ...base, type: "run-started", runbooks: ["lxc-host", "lxc-new"], host: "localhost", values };
}

/** The beginning of a step. */
export function stepStarted(step: string, runbook = "lxc-new", target = "host"): RunEvent {
  return { ...base, type: "step-started", runbook, step, target, file: "content/lxc/new.md", line: 5 };
}

/** A piece of output. */
export function output(
  step: string,
  text: string,
  stream: "stdout" | "stderr" = "stdout",
  phase: Phase = "run",
): RunEvent {
  return { ...base, type: "output", runbook: "lxc-new", step, phase, stream, text };
}

/** The end of a phase. */
export function phaseFinished(step: string, phase: Phase, exitCode: number | null = 0): RunEvent {
  return { ...base, type: "phase-finished", runbook: "lxc-new", step, phase, exitCode, durationMs: 40 };
}

/** The end of a step. */
export function stepFinished(step: string, outcome: Outcome, more: Partial<StepFinished> = {}): RunEvent {
  const exitCode = outcome === "passed" ? 0 : null;
  return {
    ...base,
    type: "step-finished",
    runbook: "lxc-new",
    step,
    target: "host",
    file: "content/lxc/new.md",
    line: 5,
    outcome,
    exitCode,
    durationMs: 6100,
    ...more,
  };
}

/** The failure of the step `create`. */
export const ERROR: StepError = {
  code: "command-failed",
  message: "`lxc-create` ended with 127: command not found.",
  hint: "Install the package that has it, or run `./runbook doctor lxc-new`.",
  file: "content/lxc/new.md",
  line: 6,
  column: 1,
};

/** The end of a run. */
export function runFinished(outcome: Outcome, exitCode: number, counts: Partial<Record<Outcome, number>>): RunEvent {
  const none = { passed: 0, skipped: 0, failed: 0, left: 0, blocked: 0, cancelled: 0 };
  return { ...base, type: "run-finished", outcome, exitCode, counts: { ...none, ...counts }, durationMs: 33_000 };
}

/** A run in which everything goes well. */
export const GOOD_RUN: readonly RunEvent[] = [
  runStarted(),
  stepStarted("packages", "lxc-host"),
  stepFinished("packages", "skipped", { runbook: "lxc-host", reason: "guard", durationMs: 12 }),
  stepStarted("create"),
  output("create", "Using image from local cache\nUnpacking the rootfs\n"),
  phaseFinished("create", "run"),
  stepFinished("create", "passed"),
  stepStarted("resolver", "lxc-new", "container"),
  stepFinished("resolver", "passed", { target: "container", durationMs: 40 }),
  stepFinished("key", "skipped", { reason: "when", detail: "no key of yours is there\n", durationMs: 3 }),
  runFinished("passed", 0, { passed: 2, skipped: 2 }),
];

/** A run in which a step fails, and later ones are not reached. */
export const BAD_RUN: readonly RunEvent[] = [
  runStarted(),
  stepStarted("create"),
  output("create", "first things first\n"),
  output("create", "bash: lxc-create: command not found\u001b[31m\u0007\n", "stderr"),
  phaseFinished("create", "run", 127),
  stepFinished("create", "failed", { exitCode: 127, error: ERROR }),
  stepFinished("start", "cancelled", { durationMs: 0 }),
  runFinished("failed", 1, { failed: 1, cancelled: 1 }),
];
