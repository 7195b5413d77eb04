import type { Phase, StepFinished, StepOutput, StepStarted } from "../../engine/events.ts";
import { cleanLine } from "../../terminal/clean.ts";
import { Tail } from "../record/tail.ts";
import type { ReportView } from "../report.ts";
import { failureLines, warningLines } from "./failure.ts";
import { SKIP_WORDS, STATE_SIGNS } from "./outcome-words.ts";

/** The step that runs, with the ends of its streams. */
export class RunningStep {
  readonly key: string;
  readonly target: string;
  /** Ends of the streams of the part of the step that printed last. */
  stdout = new Tail();
  stderr = new Tail();
  phase: Phase = "run";
  /** It runs beside the steps that follow. */
  readonly service: boolean;
  /** It hands variables on, so it only reads: what it prints is meant for the reader. */
  readonly reads: boolean;
  /** Both streams, in the order of their pieces. */
  readonly both = new Tail(4096);

  constructor(event: StepStarted) {
    this.key = `${event.runbook}/${event.step}`;
    this.target = event.target;
    this.service = event.background ?? false;
    this.reads = (event.sets?.length ?? 0) > 0;
  }

  /** Takes a piece of output. A new phase begins with empty ends: output of a guard explains nothing of the step itself. */
  write(event: StepOutput): void {
    if (event.phase !== this.phase) {
      this.phase = event.phase;
      this.stdout = new Tail();
      this.stderr = new Tail();
    }
    this[event.stream].write(event.text);
    this.both.write(event.text);
  }
}

/** A step's name, and on which target it runs where that is not the host. */
export function stepName(event: { runbook: string; step: string; target: string }): string {
  return `${event.runbook}/${event.step}${event.target === "host" ? "" : ` on ${event.target}`}`;
}

/** Why a step ended as it did, in a few words; empty where there is nothing to say. */
export function stepNote(event: StepFinished, { undoing }: { undoing: boolean }): string {
  const detail = event.detail === undefined ? "" : cleanLine(event.detail.trim().split("\n")[0] ?? "");
  if (undoing) return detail === "" && event.reason ? "nothing to undo" : detail;
  if (!event.reason) return "";
  const words = SKIP_WORDS[event.reason];
  return detail === "" ? words : `${words}: ${detail}`;
}

/** The sign of an outcome, in ASCII where the locale knows no more. */
export function signOf(state: keyof typeof STATE_SIGNS, view: { ascii: boolean }): string {
  return view.ascii ? STATE_SIGNS[state].ascii : STATE_SIGNS[state].symbol;
}

/**
 * What follows a finished step's line: its failure with all that is known of it, or its warnings. A last step that only
 * reads has the procedure's last word, such as how to get in.
 */
export function afterStep(
  event: StepFinished,
  running: RunningStep | undefined,
  view: ReportView & { columns: number; isLast: boolean },
): string[] {
  const warnings = (event.warnings ?? []).flatMap((warning) => warningLines(warning, view));
  if (!event.error) {
    const said = view.isLast && event.outcome === "passed" && running?.reads ? running.stdout.lines(20) : [];
    return [...said.map((line) => `  ${line}`), ...warnings];
  }
  const failure = {
    error: event.error,
    exitCode: event.exitCode,
    stdout: running?.stdout ?? new Tail(),
    stderr: running?.stderr ?? new Tail(),
    phase: running?.phase ?? "run",
  };
  return ["", ...failureLines(failure, view), ...warnings];
}
