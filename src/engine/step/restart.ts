import { setTimeout as sleep } from "node:timers/promises";
import type { StepError } from "../events.ts";
import { EnterError } from "../shell/protocol/wire.ts";
import { hostTarget } from "../target/target-key.ts";
import { failure } from "./phase/failures.ts";
import { held, type PhaseResult, runPhase } from "./phase/phase.ts";
import type { StepInHand } from "./step-in-hand.ts";

/** Milliseconds in which a host has to be back from its restart, where the step has no `timeout`. */
const restartLimitMs = 10 * 60_000;
const pauseMs = 500;
/** Milliseconds after which a host that does not say whether it goes down is asked again. */
const askAgainMs = 10_000;

// A container that restarts keeps the kernel's boot id; its first process has another start time then.
const text = `read -r rb_boot </proc/sys/kernel/random/boot_id
read -r rb_init </proc/1/stat
printf '%s %s\\n' "$rb_boot" "\${rb_init##*) }"
`;

// What asks for a restart may end before the host goes down.
const goingDown = `[ "$(systemctl is-system-running 2>/dev/null)" = stopping ]\n`;

/** Which start of the host this is: a word that is another one after each restart. Throws EnterError. */
export async function startOfHost(hand: StepInHand): Promise<string | undefined> {
  const result = await ask(hand, text);
  if (!held(result)) return undefined;
  const [boot, ...stat] = result.stdout.trim().split(" ");
  // The words begin with the third field of the file; the start time is the 22nd.
  const started = stat[19];
  return boot && started ? `${boot} ${started}` : undefined;
}

async function ask(hand: StepInHand, text: string, timeoutMs = 30_000): Promise<PhaseResult> {
  const { fence } = hand.step.step;
  const how = { copy: true, silent: true, timeoutMs };
  return await runPhase(hand, { phase: "guard", target: hostTarget, fence, text, ...how });
}

/** Whether commands ended because their host went down under them. */
export function cutOff({ how, interrupted, timedOut }: PhaseResult): boolean {
  return (how === "lost" || how === "died") && !interrupted && !timedOut;
}

/** Whether commands have restarted their host: they were cut off by that, or have ended and the host is going down. */
export async function restarts(hand: StepInHand, result: PhaseResult): Promise<boolean> {
  if (cutOff(result)) return true;
  if (!held(result)) return false;
  const until = performance.now() + restartLimitMs;
  try {
    // A host that goes down may answer nothing for a while, before its lines are lost.
    while (performance.now() < until) {
      const asked = await ask(hand, goingDown, askAgainMs);
      if (held(asked) || cutOff(asked)) return true;
      if (!asked.timedOut || hand.interrupted) return false;
    }
    return true;
  } catch (error) {
    if (error instanceof EnterError) return true;
    throw error;
  }
}

/** Waits until the host is back from a restart: until it has another start than before. */
export async function awaitRestart(hand: StepInHand, before: string | undefined): Promise<StepError | undefined> {
  const { step, run } = hand;
  const { fence, timeoutMs = restartLimitMs } = step.step;
  const until = performance.now() + timeoutMs;
  while (!hand.interrupted && performance.now() < until) {
    const now = await startOrNone(hand);
    if (now !== undefined && now !== before) return undefined;
    // Shells that were entered before the restart are gone, even where their line has not noticed yet.
    if (now === undefined) {
      run.targets.drop();
      await run.host.reconnect?.();
    }
    await sleep(pauseMs, undefined, { signal: run.interrupt.first }).catch(() => {});
  }
  if (hand.interrupted) {
    return failure(step, fence, "interrupted", "The run was interrupted while the host restarts.");
  }
  const hint =
    "See whether the host starts again; then the run goes on where it stopped. `timeout` gives it more time.";
  return failure(step, fence, "timeout", "The host did not come back from its restart in time.", hint);
}

async function startOrNone(hand: StepInHand): Promise<string | undefined> {
  try {
    return await startOfHost(hand);
  } catch (error) {
    if (error instanceof EnterError) return undefined;
    throw error;
  }
}
