import type { Fence } from "../../language/model/runbook.ts";
import { placedText } from "../../language/read/fence/fence.ts";
import type { Phase } from "../events.ts";
import type { PlanStep } from "../plan/plan.ts";
import type { Session } from "../run/session.ts";
import type { TextResult } from "../shell/reply.ts";
import type { TargetShell } from "../shell/shell.ts";
import { firstPage } from "../shell/texts.ts";
import { EnterError } from "../shell/wire.ts";
import { sweepTarget } from "../target/sweep-target.ts";
import type { TargetKey } from "../target/target-key.ts";
import { placeOfFailure } from "./failed-at.ts";

/** A piece of a step's shell: what runs, where, and within which limits. */
export interface Piece {
  step: PlanStep;
  phase: Phase;
  target: TargetKey;
  fence: Fence;
  /** What runs, where it is not the fence's own text (a `file` step's commands). */
  text?: string;
  /** In a copy of the shell that changes nothing of it. */
  copy: boolean;
  mark: string;
  timeoutMs?: number;
  sets?: string[];
  /** Tell no listener of the output. */
  silent?: boolean;
  /** How much of stdout is kept for who asked for it. */
  keptOutput?: number;
}

/** How a piece ended. */
export interface PieceResult extends TextResult {
  timedOut: boolean;
  interrupted: boolean;
  /** The page's place of the command that failed, where it is known. */
  at?: { line: number; column: number };
  /** Stdout's beginning, for comparing and for reasons. */
  stdout: string;
  /** True where stdout was longer than is kept. */
  cut: boolean;
  stderr: string;
}

const usuallyKept = 4 * 1024 * 1024;
const eventLimit = 64 * 1024;
const graceTenths = 30;
/** Milliseconds for a target whose line was lost to be entered once more, so that nothing of the step lives on there. */
const sweepLimitMs = 15_000;

const interrupted: PieceResult = {
  how: "ended",
  status: null,
  sets: new Map(),
  state: Promise.resolve(undefined),
  timedOut: false,
  interrupted: true,
  stdout: "",
  stderr: "",
  cut: false,
};

/** Runs a piece on its target. Throws EnterError where the target cannot be entered. */
export async function runPiece(session: Session, piece: Piece): Promise<PieceResult> {
  if (session.interrupt.first.aborted) return interrupted;
  try {
    const shell = await session.targets.shell(piece.target);
    return session.interrupt.first.aborted ? interrupted : await runIn(shell, session, piece);
  } catch (error) {
    if (error instanceof EnterError && session.interrupt.first.aborted) return interrupted;
    throw error;
  }
}

async function runIn(shell: TargetShell, session: Session, piece: Piece): Promise<PieceResult> {
  const { step, phase } = piece;
  const page = session.pages.get(step.runbook.file) ?? 0;
  let stdout = "";
  let stderr = "";
  let cut = false;
  const stream = () => ({ decoder: new TextDecoder("utf-8", { ignoreBOM: true }), mask: session.masker.stream() });
  const streams = { stdout: stream(), stderr: stream() };
  const keptOutput = piece.keptOutput ?? usuallyKept;
  const bashName = `/dev/fd/${firstPage + page}: line `;
  const tell = (stream: "stdout" | "stderr", text: string): void => {
    if (text === "") return;
    if (stream === "stderr") stderr = (stderr + text).slice(-8192);
    if (piece.silent) return;
    // A character may take three bytes, and what is read at once is seldom longer than an event may be.
    const length = Buffer.byteLength(text) <= eventLimit ? text.length : eventLimit / 4;
    for (let from = 0; from < text.length; from += length) {
      const part = text.slice(from, from + length);
      session.journal.appendOutput(session.id, step.key, phase, stream, part);
      session.emit({ type: "output", runbook: step.runbook.id, step: step.step.id, phase, stream, text: part });
    }
  };
  const sink = (stream: "stdout" | "stderr", bytes: Buffer): void => {
    let text = streams[stream].decoder.decode(bytes, { stream: true });
    if (stream === "stdout") {
      if (stdout.length < keptOutput) stdout += text.slice(0, keptOutput - stdout.length);
      else cut = true;
    } else if (text.includes(bashName)) text = text.replaceAll(bashName, `${step.runbook.file}: line `);
    tell(stream, streams[stream].mask.write(text));
  };

  let timedOut = false;
  let ended: Promise<void> | undefined;
  const end = (): void => {
    ended ??= shell.end(graceTenths);
  };
  const timer =
    piece.timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          end();
        }, piece.timeoutMs);
  session.interrupt.first.addEventListener("abort", end);
  try {
    const result = await shell.text(
      {
        text: piece.text ?? placedText(piece.fence),
        page,
        line: piece.fence.lines[0]?.line ?? piece.fence.span.start.line + 1,
        copy: piece.copy,
        pipefail: !piece.copy,
        sets: piece.sets ?? [],
        keep: !piece.copy,
        exports: session.targets.news(shell),
        mark: piece.mark,
      },
      sink,
    );
    await ended;
    if (shell.gone && !session.interrupt.second.aborted) await sweepStep(session, piece, shell.worker);
    session.targets.note(piece.target, shell);
    for (const stream of ["stdout", "stderr"] as const) {
      const rest = streams[stream].decoder.decode();
      tell(stream, streams[stream].mask.write(rest) + streams[stream].mask.end());
    }
    const at = piece.text === undefined ? await placeOfFailure(piece, page, result) : undefined;
    return {
      ...result,
      timedOut,
      interrupted: session.interrupt.first.aborted,
      stdout,
      stderr,
      cut,
      ...(at ? { at } : {}),
    };
  } finally {
    clearTimeout(timer);
    session.interrupt.first.removeEventListener("abort", end);
  }
}

/** Ends what the piece started, where its supervisor may be gone and not only the line to it. */
async function sweepStep({ host, values }: Session, { target, mark }: Piece, worker: number): Promise<void> {
  const variables = { rb_mark: mark, rb_sid: String(worker) };
  const command = target.command ?? "";
  await sweepTarget(host, { command, values, text: "sweep-step.sh", variables, limitMs: sweepLimitMs });
}
