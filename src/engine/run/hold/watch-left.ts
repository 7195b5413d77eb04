import type { LiveRun } from "../../step/step-in-hand.ts";

const everyMs = 2000;

/**
 * Looks every now and then what steps have left in the background, where there was something: a run that is killed in a
 * long step must not take what had long ended by itself for ended with it. Gives what stops the watch.
 */
export function watchLeft({ targets, log }: LiveRun): () => Promise<void> {
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    for await (const [target, processes] of targets.stillLeft()) log.workLeft(target, processes);
  };
  const timer = setInterval(() => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
}
