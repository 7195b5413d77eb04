import type { StepErrorCode } from "../../../errors/codes.ts";
import { FEW_DESCRIPTORS_HINT } from "../../../errors/few-descriptors.ts";
import { endsWell, type Fence } from "../../../language/model/runbook.ts";
import { writtenDuration } from "../../../words/duration.ts";
import { exitCause } from "../../../words/exit-status.ts";
import type { Phase, StepError } from "../../events.ts";
import type { PlanStep } from "../../plan/plan.ts";
import type { EnterError } from "../../shell/protocol/wire.ts";
import type { PhaseResult } from "./phase.ts";

/** A failure of a step at a fence of the page. */
export function failure(
  step: PlanStep,
  fence: Fence,
  code: StepErrorCode,
  message: string,
  hint?: string,
  at?: { line: number; column: number },
): StepError {
  const place = at ?? fence.span.start;
  const error: StepError = { code, message, file: step.runbook.file, line: place.line, column: place.column };
  if (hint !== undefined) error.hint = hint;
  return error;
}

const what: Record<Phase, string> = {
  when: "`when`",
  guard: "The guard",
  run: "The step",
  proof: "The proof",
  undo: "The undo",
};

/** Why a phase did not succeed, where it did not: ended from outside, its shell or its target gone, or a command failed. */
export function phaseFailure(
  step: PlanStep,
  fence: Fence,
  phase: Phase,
  result: PhaseResult,
  limitMs?: number,
): StepError {
  const name = what[phase];
  if (result.interrupted) {
    return failure(step, fence, "interrupted", `${name} was interrupted; all that it had started has been ended.`);
  }
  if (result.timedOut) {
    const limit = limitMs === undefined ? "its limit" : writtenDuration(limitMs);
    return failure(
      step,
      fence,
      "timeout",
      `${name} did not end within ${limit}; all that it had started has been ended.`,
      'Give it more time with `timeout="…"`, or see in its output what it waits for.',
    );
  }
  if (result.how === "lost") {
    return failure(
      step,
      fence,
      "target-lost",
      `${name} lost its target: the line to it ended.`,
      "See whether the target was stopped or restarted, or the connection cut.",
    );
  }
  if (result.how === "folder-gone") {
    return failure(
      step,
      fence,
      "folder-gone",
      `${name} was not run: the folder that its shell was in is gone (${result.folder || "not known"}).`,
      "Make that folder again and go on, or begin anew with `exec`. Nothing runs in another folder in its place.",
    );
  }
  if (result.how === "state-unreadable") return unreadableState(step, fence, `${name} was not run`, result.why);
  if (result.how === "died") {
    const status = result.status ?? 0;
    const message =
      status === 0
        ? `${name} ended the shell that it ran in, by \`exec\` perhaps.`
        : `${name} ended the shell that it ran in (${exitWithCause(status)}).`;
    return failure(
      step,
      fence,
      "shell-died",
      message,
      "Run what replaces or kills the shell in a subshell: ( … ).",
      result.at,
    );
  }
  if (result.how === "spent") {
    return failure(step, fence, "shell-died", `${name} left its shell so that nothing more can run in it.`, SPENT_HINT);
  }
  const status = result.status ?? 1;
  const first = fence.lines[0];
  if (phase === "run" && !endsWell(step.step)) {
    const message = `The step is meant to end with exit ${orWords(step.step.exits)}, and ended with ${exitWithCause(status)}.`;
    return failure(step, fence, "unexpected-exit", message, EXITS_HINT, result.at ?? first);
  }
  const message =
    phase === "proof"
      ? `The proof does not hold (${exitWithCause(status)}).`
      : `A command failed (${exitWithCause(status)}).`;
  const code = phase === "proof" ? "proof-failed" : "command-failed";
  return failure(step, fence, code, message, undefined, result.at ?? first);
}

/** The state of the target's shell cannot be read: `what` says what became of the phase. */
export function unreadableState(step: PlanStep, fence: Fence, what: string, why = "its report was cut"): StepError {
  return failure(
    step,
    fence,
    "state-unreadable",
    `${what}: the state of the target's shell cannot be read (${why}).`,
    "Begin anew with `exec`. What `undo` refuses for this reason is to be undone by hand; `log` shows what the step did.",
  );
}

const SPENT_HINT =
  "A readonly POSIXLY_CORRECT, a builtin that is disabled, or a limit of a few open files does that: set it in a subshell, ( … ).";

const EXITS_HINT = "The first command that fails ends the step: see which one that was, or mend `exits`.";

/** Numbers as a choice: `1`, `1 or 2`, `1, 2 or 3`. */
function orWords(numbers: readonly number[]): string {
  return numbers.join(", ").replace(/, (?=\d+$)/, " or ");
}

/** No shell could be entered, because the runner may not open more files at once. */
export function fewDescriptors(step: PlanStep): StepError {
  const message = "Its target could not be entered: the runner may not open more files at once.";
  return failure(step, step.step.fence, "few-descriptors", message, FEW_DESCRIPTORS_HINT);
}

/** A target could not be entered. */
export function enterFailure(step: PlanStep, fence: Fence, target: string, error: EnterError): StepError {
  if (error.mangles) {
    const message = `The command of the target \`${target}\` ${MANGLES[error.mangles]}.`;
    return failure(step, fence, "target-mangles", message, MANGLES_HINT);
  }
  const said = error.said.trim().split("\n").slice(-3).join(" ");
  return failure(
    step,
    fence,
    "target-unreachable",
    `The target \`${target}\` could not be entered${said ? `: ${said}` : "."}`,
    "The target's command is put before `sh` on the host: see whether it works there.",
  );
}

const MANGLES: Readonly<Record<NonNullable<EnterError["mangles"]>, string>> = {
  terminal: "gives its shell a terminal, which changes what goes through it",
  changed: "changes what goes through it",
  silent: "gave no answer in time: no shell there reads what is sent, or nothing of what it says comes back",
};

const MANGLES_HINT =
  "Enter it without a terminal: `ssh` and `docker exec` without `-t`, no `script`; and let nothing filter its input or output.";

/** Such as `exit 127: command not found`. */
export function exitWithCause(status: number): string {
  const cause = exitCause(status);
  return cause ? `exit ${status}: ${cause}` : `exit ${status}`;
}
