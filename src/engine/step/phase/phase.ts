import type { Fence } from "../../../language/model/runbook.ts";
import { placedText } from "../../../language/read/fence/fence.ts";
import type { Phase } from "../../events.ts";
import type { TextResult } from "../../shell/protocol/reply.ts";
import { EnterError } from "../../shell/protocol/wire.ts";
import type { TargetShell } from "../../shell/shell.ts";
import { sweepTarget } from "../../target/sweep-target.ts";
import type { TargetKey } from "../../target/target-key.ts";
import type { StepInHand } from "../step-in-hand.ts";
import { placeOfFailure } from "./failed-at.ts";
import { PhaseOutput } from "./phase-output.ts";

/** A phase of a step: what runs, where, and within which limits. */
export interface PhaseText {
  phase: Phase;
  fence: Fence;
  /** The step's own, where none is named. */
  target?: TargetKey;
  /** What runs, where it is not the fence's own text (a `file` step's commands). */
  text?: string;
  /** The text uses absolute paths only and nothing of the page's shell: it runs even where the shell's folder is gone, or its state cannot be read. */
  anywhere?: boolean;
  /** In a copy of the shell that changes nothing of it. */
  copy: boolean;
  timeoutMs?: number;
  sets?: string[];
  /** Record neither its output nor its end. */
  silent?: boolean;
  /** Record its output, but not its end: a try that decides nothing yet. */
  undecided?: boolean;
  /** How much of stdout is kept for the caller, in characters. */
  keptOutput?: number;
}

/** How a phase ended. */
export interface PhaseResult extends TextResult {
  timedOut: boolean;
  interrupted: boolean;
  durationMs: number;
  /** The page's place of the command that failed, where it is known. */
  at?: { line: number; column: number };
  /** Stdout's beginning, for comparing and for reasons. */
  stdout: string;
  /** True where stdout was longer than is kept. */
  cut: boolean;
  stderr: string;
}

const graceTenths = 30;
/** Milliseconds for a target whose line was lost to be entered once more, so that nothing of the step lives on there. */
const sweepLimitMs = 15_000;
const unansweredSweepMs = 4000;

/** The result of a phase that an interruption kept from beginning. */
export const notBegun: PhaseResult = {
  how: "ended",
  status: null,
  sets: new Map(),
  state: Promise.resolve(undefined),
  timedOut: false,
  interrupted: true,
  durationMs: 0,
  stdout: "",
  stderr: "",
  cut: false,
};

/** Whether a phase ran to its end, with one of the exit statuses that are meant. */
export function held({ how, status, interrupted, timedOut }: PhaseResult, exits: readonly number[] = [0]): boolean {
  return how === "ended" && status !== null && exits.includes(status) && !interrupted && !timedOut;
}

/** Whether anything of a phase's text ran. */
export function ranAtAll({ how }: Pick<TextResult, "how">): boolean {
  return how !== "folder-gone" && how !== "state-unreadable";
}

/** Runs a phase on its target. Throws EnterError where the target cannot be entered. */
export async function runPhase(hand: StepInHand, phase: PhaseText): Promise<PhaseResult> {
  if (hand.interrupted) return notBegun;
  let result: PhaseResult;
  try {
    const shell = await hand.run.targets.shell(phase.target ?? hand.step.target);
    if (hand.interrupted) return notBegun;
    result = await runIn(shell, hand, phase);
  } catch (error) {
    if (error instanceof EnterError && hand.interrupted) return notBegun;
    throw error;
  }
  if (!phase.silent && !phase.undecided && ranAtAll(result)) recordEnd(hand, phase.phase, result);
  return result;
}

/** Records a phase's end, for a try that was not known to be the last one. */
export function recordEnd({ log, step }: StepInHand, phase: Phase, { status, durationMs }: PhaseResult): void {
  log.phaseFinished(step, phase, status, durationMs);
}

/** Runs a phase in a shell, and records its output alone. */
export async function runIn(shell: TargetShell, hand: StepInHand, phase: PhaseText): Promise<PhaseResult> {
  const { run, step } = hand;
  const { targets, interrupt } = run;
  const target = phase.target ?? step.target;
  const page = run.pages.get(step.runbook.file) ?? 0;
  const output = new PhaseOutput(hand, phase, page);
  let timedOut = false;
  let ended: Promise<void> | undefined;
  const end = (): void => {
    ended ??= shell.end(graceTenths);
  };
  const limit = (): void => {
    timedOut = true;
    end();
  };
  const timer = phase.timeoutMs === undefined ? undefined : setTimeout(limit, phase.timeoutMs);
  interrupt.first.addEventListener("abort", end);
  const begun = performance.now();
  try {
    const result = await shell.text(
      {
        text: phase.text ?? placedText(phase.fence),
        ...(phase.anywhere ? {} : { page }),
        line: phase.fence.lines[0]?.line ?? phase.fence.span.start.line + 1,
        copy: phase.copy,
        pipefail: !phase.copy,
        sets: phase.sets ?? [],
        keep: !phase.copy,
        exports: targets.news(shell),
        mark: hand.mark,
      },
      output.write,
    );
    const durationMs = Math.round(performance.now() - begun);
    await ended;
    // A target that did not answer may be frozen, so entering it again gets less time.
    const sweepMs = ended ? unansweredSweepMs : sweepLimitMs;
    if (shell.gone && !interrupt.second.aborted) await sweepStep(hand, target, shell.worker, sweepMs);
    targets.note(target, shell);
    const { stdout, stderr, cut } = output.end();
    const at = phase.text === undefined ? await placeOfFailure({ step, fence: phase.fence }, page, result) : undefined;
    return {
      ...result,
      timedOut,
      interrupted: hand.interrupted,
      durationMs,
      stdout,
      stderr,
      cut,
      ...(at ? { at } : {}),
    };
  } finally {
    clearTimeout(timer);
    interrupt.first.removeEventListener("abort", end);
  }
}

/** Ends what the phase started, where its supervisor may be gone and not only the line to it. */
async function sweepStep({ run, mark }: StepInHand, target: TargetKey, worker: number, limitMs: number): Promise<void> {
  const variables = { rb_mark: mark, rb_sid: String(worker) };
  const command = target.command ?? "";
  const { host, values } = run;
  await sweepTarget(host, { command, values, text: "sweep-step.sh", variables, limitMs });
}
