import { setTimeout as sleep } from "node:timers/promises";
import type { EndedProcess } from "./protocol/ended.ts";
import type { TargetShell } from "./shell.ts";

/** Milliseconds in which a shell tells what it has to tell: its state may be large, and its machine busy. */
const limitMs = 5 * 60_000;
/** The same once the run is interrupted. */
const interruptedMs = 4000;
/** Milliseconds in which it tells what steps left in the background. */
const leftMs = 5000;

/** Waits for what a shell tells outside of any step. A frozen target tells nothing: its line is then dropped. */
export async function untilTold<T>(shell: TargetShell, telling: Promise<T>, signal: AbortSignal): Promise<T> {
  const drop = (): void => shell.drop();
  let timer = setTimeout(drop, limitMs);
  const hurry = (): void => {
    clearTimeout(timer);
    timer = setTimeout(drop, interruptedMs);
  };
  if (signal.aborted) hurry();
  signal.addEventListener("abort", hurry);
  try {
    return await telling;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", hurry);
  }
}

/** The background processes of a shell's steps, as it told last where it is frozen now: its steps may thaw it again. */
export async function leftIn(shell: TargetShell): Promise<readonly EndedProcess[]> {
  const told = shell.left();
  const late = new AbortController();
  const limit = sleep(leftMs, undefined, { signal: late.signal }).then(
    () => shell.lastLeft,
    () => shell.lastLeft,
  );
  try {
    return await Promise.race([told, limit]);
  } finally {
    late.abort();
  }
}
