import type { LiveRun } from "../../step/step-in-hand.ts";

const everyMs = 2000;

/**
 * Checks at intervals which background processes of steps still run. Without this, a run that is killed in a long step
 * would report processes that had ended long before as ended by the kill. Returns a function that stops the watch.
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
