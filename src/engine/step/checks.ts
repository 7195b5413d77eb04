import type { Attached } from "../../language/model/runbook.ts";
import type { StepError } from "../events.ts";
import { type PlanStep, targetFor } from "../plan/plan.ts";
import type { Session } from "../run/session.ts";
import { EnterError } from "../shell/wire.ts";
import { pieceFailure } from "./failures.ts";
import { type PieceResult, runPiece } from "./phase.ts";

/** What `when` or a guard said. */
export type Answer = { says: "yes" } | { says: "no"; printed: string } | { says: "broken"; error: StepError };

/** Milliseconds that `when`, a guard or one try of a proof may take, where the page says nothing. */
export const checkLimitMs = 5 * 60_000;

/** Runs one try of a check in a copy of its target's shell. */
export async function tryCheck(session: Session, step: PlanStep, check: Attached, mark: string): Promise<PieceResult> {
  return await runPiece(session, {
    step,
    phase: check.role,
    target: targetFor(step, check),
    fence: check,
    copy: true,
    mark,
    timeoutMs: check.timeoutMs ?? checkLimitMs,
  });
}

/** Asks `when` or a guard. A target that cannot be entered yet has nothing done, and its `when` is not asked. */
export async function askCheck(session: Session, step: PlanStep, check: Attached, mark: string): Promise<Answer> {
  let result: PieceResult;
  try {
    result = await tryCheck(session, step, check, mark);
  } catch (error) {
    if (!(error instanceof EnterError)) throw error;
    return check.role === "when" ? { says: "yes" } : { says: "no", printed: "the target cannot be entered yet" };
  }
  if (result.how === "ended" && result.status === 0 && !result.interrupted) return { says: "yes" };
  const status = result.status ?? 255;
  const broken =
    result.interrupted || result.timedOut || result.how !== "ended" || status === 126 || status === 127 || status > 128;
  if (!broken) return { says: "no", printed: result.stdout.trim() };
  const error = pieceFailure(step, check, check.role, result, check.timeoutMs ?? checkLimitMs);
  if (error.code === "command-failed") {
    error.code = "guard-broken";
    error.message = `${check.role === "when" ? "`when`" : "The guard"} is broken: ${error.message.replace(/^A command failed \((.*)\)\.$/, "$1")}.`;
    error.hint =
      "It must exit 0 for yes and 1 for no; a command that may be missing is asked for first (`command -v`).";
  }
  return { says: "broken", error };
}

/** Proves a step: each proof must hold, polled for as long as it says. */
export async function prove(session: Session, step: PlanStep, mark: string): Promise<StepError | undefined> {
  for (const proof of step.step.proof) {
    const until = performance.now() + (proof.withinMs ?? 0);
    let pause = 50;
    for (;;) {
      let error: StepError;
      try {
        const result = await tryCheck(session, step, proof, mark);
        if (result.how === "ended" && result.status === 0 && !result.interrupted) break;
        error = pieceFailure(step, proof, "proof", result, proof.timeoutMs ?? checkLimitMs);
      } catch (caught) {
        if (!(caught instanceof EnterError)) throw caught;
        error = {
          ...pieceFailureFor(step, proof),
          message: `The proof's target could not be entered: ${caught.said.trim()}`,
        };
      }
      if (session.interrupt.first.aborted || performance.now() + pause > until) return error;
      await new Promise((resolve) => setTimeout(resolve, pause));
      pause = Math.min(pause * 1.5, 1000);
    }
  }
  return undefined;
}

function pieceFailureFor(step: PlanStep, proof: Attached): StepError {
  const { line, column } = proof.span.start;
  return { code: "target-unreachable", message: "", file: step.runbook.file, line, column };
}
