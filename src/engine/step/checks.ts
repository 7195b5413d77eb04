import type { Attached } from "../../language/model/runbook.ts";
import type { Phase, StepError } from "../events.ts";
import { targetFor } from "../plan/plan.ts";
import { EnterError } from "../shell/protocol/wire.ts";
import { failure, phaseFailure } from "./phase/failures.ts";
import { held, type PhaseResult, recordEnd, runPhase } from "./phase/phase.ts";
import type { StepInHand } from "./step-in-hand.ts";

/** The answer of a `when`, a guard, or a proof that stands for a guard. */
export type Answer = { says: "yes" } | { says: "no"; printed: string } | { says: "broken"; error: StepError };

/** Milliseconds that `when`, a guard or one try of a proof may take, where the page says nothing. */
export const checkLimitMs = 5 * 60_000;

/** Runs one try of a check in a copy of its target's shell. */
async function tryCheck(hand: StepInHand, check: Attached, phase: Phase, undecided: boolean): Promise<PhaseResult> {
  return await runPhase(hand, {
    phase,
    target: targetFor(hand.step, check),
    fence: check,
    copy: true,
    timeoutMs: check.timeoutMs ?? checkLimitMs,
    undecided,
  });
}

/**
 * Asks a check once. A target that cannot be entered yet has nothing done, and its `when` is not asked. A proof that
 * stands for a guard is asked in the guard's phase; broken, it says no more than that it does not hold yet.
 */
export async function askCheck(hand: StepInHand, check: Attached): Promise<Answer> {
  let result: PhaseResult;
  try {
    result = await tryCheck(hand, check, check.role === "when" ? "when" : "guard", false);
  } catch (error) {
    if (!(error instanceof EnterError)) throw error;
    return check.role === "when" ? { says: "yes" } : { says: "no", printed: "the target cannot be entered yet" };
  }
  if (held(result)) return { says: "yes" };
  if (!isBroken(result) || (check.role === "proof" && !result.interrupted)) {
    return { says: "no", printed: result.stdout.trim() };
  }
  const { role } = check;
  const error = phaseFailure(hand.step, check, role, result, check.timeoutMs ?? checkLimitMs);
  if (error.code === "command-failed") {
    error.code = "guard-broken";
    error.message = `${role === "when" ? "`when`" : "The guard"} is broken: ${error.message.replace(/^A command failed \((.*)\)\.$/, "$1")}.`;
    error.hint =
      "It must exit 0 for yes and 1 for no; a command that may be missing is asked for first (`command -v`).";
  }
  return { says: "broken", error };
}

/** Whether a check ended in a way that is neither yes nor no. */
function isBroken({ how, status, timedOut, interrupted }: PhaseResult): boolean {
  const exit = status ?? 255;
  return interrupted || timedOut || how !== "ended" || exit === 126 || exit === 127 || exit > 128;
}

/** Proves a step: each proof must hold, polled for as long as it says, or until `over` says that it never will. */
export async function prove(hand: StepInHand, over = () => false): Promise<StepError | undefined> {
  for (const proof of hand.step.step.proof) {
    const error = await proveBy(hand, proof, over);
    if (error) return error;
  }
  return undefined;
}

async function proveBy(hand: StepInHand, proof: Attached, over: () => boolean): Promise<StepError | undefined> {
  const { step } = hand;
  const until = performance.now() + (proof.withinMs ?? 0);
  let pause = 50;
  for (;;) {
    let result: PhaseResult | undefined;
    let error: StepError | undefined;
    try {
      result = await tryCheck(hand, proof, "proof", true);
      if (!held(result)) error = phaseFailure(step, proof, "proof", result, proof.timeoutMs ?? checkLimitMs);
    } catch (caught) {
      if (!(caught instanceof EnterError)) throw caught;
      const message = `The proof's target could not be entered: ${caught.said.trim()}`;
      error = failure(step, proof, "target-unreachable", message);
    }
    if (!error || hand.interrupted || over() || performance.now() + pause > until) {
      if (result) recordEnd(hand, "proof", result);
      return error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 1.5, 1000);
  }
}
