import { setTimeout as sleep } from "node:timers/promises";
import type { StepError } from "../events.ts";
import { EnterError } from "../shell/protocol/wire.ts";
import { leftIn, untilTold } from "../shell/until-told.ts";
import { prove } from "./checks.ts";
import { fileCommands } from "./file/file-step.ts";
import { keepFile } from "./file/keep-file.ts";
import { compareOutput } from "./phase/compare-output.ts";
import { enterFailure, failure, phaseFailure, unreadableState } from "./phase/failures.ts";
import { held, notBegun, type PhaseResult, ranAtAll, runPhase } from "./phase/phase.ts";
import { refusesValues } from "./refuses-values.ts";
import { awaitRestart, cutOff, startOfHost } from "./restart.ts";
import type { StepInHand } from "./step-in-hand.ts";
import { failed, type StepResult } from "./step-result.ts";

/** Milliseconds that a step may take where the page names no limit: a step that hangs must end some time. */
export const stepLimitMs = 60 * 60_000;

/** Milliseconds before the second attempt; each further pause is twice as long, up to the longest. */
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

/** Runs a step's own commands and its proofs, as often as its `retry` allows. */
export async function attemptStep(hand: StepInHand): Promise<StepResult> {
  const { retry } = hand.step.step;
  for (;;) {
    let result: StepResult;
    try {
      result = await attempt(hand);
    } catch (error) {
      if (!(error instanceof EnterError)) throw error;
      result = failed(notEntered(hand, error), null);
    }
    if (result.outcome === "passed" || hand.interrupted || hand.attempt >= retry) return result;
    const pause = Math.min(firstPauseMs * 2 ** (hand.attempt - 1), longestPauseMs);
    await sleep(pause, undefined, { signal: hand.run.interrupt.first }).catch(() => {});
    if (hand.interrupted) return result;
    hand.attempt += 1;
  }
}

/** Why a step's target was not entered. */
export function notEntered({ step, interrupted }: StepInHand, error: EnterError): StepError {
  const { fence } = step.step;
  return interrupted ? phaseFailure(step, fence, "run", notBegun) : enterFailure(step, fence, step.target.name, error);
}

async function attempt(hand: StepInHand): Promise<StepResult> {
  const { step, log } = hand;
  const { fence, file, proof, sets, exits, timeoutMs = stepLimitMs } = step.step;
  const commands = file && fileCommands(step, hand.values);
  // A target that cannot be entered, and a file that cannot be kept, leave the step as one that was not begun.
  const shell = await hand.run.targets.shell(step.target);
  const { kind } = shell;
  const untakable = refusesValues(hand, kind);
  if (untakable) return failed(untakable, null);
  const lost = commands && (await keepFile(hand, commands));
  if (lost) return failed(lost, 1);
  // A restart of the host ends every service.
  if (step.step.reboot) await hand.run.services.stop();
  const start = step.step.reboot ? await startOfHost(hand) : undefined;
  if (!hand.interrupted) log.begun(step, hand.attempt, { shell: kind, ...(start === undefined ? {} : { start }) });
  const result = await runPhase(hand, {
    phase: "run",
    fence,
    copy: file !== undefined,
    ...(commands ? { text: commands.write } : {}),
    timeoutMs,
    sets,
  });
  // None of its commands ran: the folder or the state of its shell is gone.
  if (!ranAtAll(result) && hand.attempt === 1) log.notBegun(step);
  if (step.step.reboot) return await finishRestart(hand, start, result);
  const good = held(result, exits);
  // The output is compared while the shell still sends its state.
  const differences = good ? compareOutput(hand, result) : [];
  const warnings = differences.length > 0 ? { warnings: differences } : {};
  const state = await untilTold(shell, result.state, hand.run.interrupt.first);
  const leaving = good && !file ? leftIn(shell) : undefined;
  const left = typeof state === "string" ? { target: step.target.key, state } : undefined;
  // The step's end and its state are written as one, unless proofs come between.
  const together = good && proof.length === 0;
  if (left && !together) log.stateLeft(step, left);
  if (!good) return failed(phaseFailure(step, fence, "run", result, timeoutMs), result.status);
  // Without its state the next step would not go on where this one stopped.
  if (state === null) return failed(phaseFailure(step, fence, "run", { ...result, how: "lost" }), null);
  if (state === "")
    return failed(unreadableState(step, fence, "The step ran, and nothing can go on from it"), result.status);
  const missing = handOn(hand, result);
  if (missing) return failed(missing, result.status);
  const unproved = await prove(hand);
  if (unproved) return { ...failed(unproved, result.status), ...warnings };
  if (leaving) log.workLeft(step.target.key, await leaving);
  return { outcome: "passed", exitCode: result.status, ...warnings, ...(left && together ? { left } : {}) };
}

/** The host goes down while the commands run, or a moment later: when it is back, the step is proved. */
async function finishRestart(hand: StepInHand, start: string | undefined, result: PhaseResult): Promise<StepResult> {
  const { step } = hand;
  if (!cutOff(result) && !held(result)) {
    return failed(
      phaseFailure(step, step.step.fence, "run", result, step.step.timeoutMs ?? stepLimitMs),
      result.status,
    );
  }
  const error = (await awaitRestart(hand, start)) ?? (await prove(hand));
  return error ? failed(error, result.status) : { outcome: "passed", exitCode: 0 };
}

/** Ends a step that had restarted the host when its run was killed: the host has another start than it had then. */
export async function afterRestart(hand: StepInHand, start: string): Promise<StepResult | undefined> {
  if ((await startOfHost(hand)) === start) return undefined;
  const { kind } = await hand.run.targets.shell(hand.step.target);
  hand.log.begun(hand.step, hand.attempt, { shell: kind, start });
  const error = await prove(hand);
  return error ? failed(error, 0) : { outcome: "passed", exitCode: 0 };
}

/** Hands the variables that `sets` names to all later steps. */
function handOn({ step, run, log }: StepInHand, result: PhaseResult): StepError | undefined {
  const { sets, fence } = step.step;
  for (const name of sets) {
    const value = result.sets.get(name);
    if (value === undefined) {
      const message = `The step should hand on ${name}, but left it unset.`;
      return failure(step, fence, "sets-missing", message, `Set ${name} in the step, or take it out of \`sets\`.`);
    }
    run.values.set(name, value);
    log.handedOn(step, name, value);
  }
  return undefined;
}
