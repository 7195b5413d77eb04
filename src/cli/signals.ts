/** What ends a run from outside: the first signal ends it in order, the second at once. */
export interface Interruption {
  first: AbortSignal;
  second: AbortSignal;
  reason: "SIGINT" | "SIGTERM" | "SIGHUP";
}

/** How long the end "at once" may take before the process just goes. */
const LAST_MS = 1_000;

/** Watches for SIGINT, SIGTERM and SIGHUP until `stop` is called. */
export function watchSignals(
  options: { onFirst?: () => void; source?: NodeJS.EventEmitter; exit?: (code: number) => void } = {},
): { interrupt: Interruption; pause: () => void; resume: () => void; stop: () => void } {
  const { onFirst, source = process, exit = (code) => process.exit(code) } = options;
  const first = new AbortController();
  const second = new AbortController();
  const interrupt: Interruption = { first: first.signal, second: second.signal, reason: "SIGINT" };
  let paused = false;
  const listener = (signal: Interruption["reason"]): void => {
    // A shell that a person works in gets the terminal's signals itself; those from elsewhere still count.
    if (paused && signal === "SIGINT") return;
    if (!first.signal.aborted) {
      interrupt.reason = signal;
      onFirst?.();
      first.abort();
      return;
    }
    if (second.signal.aborted) {
      exit(130);
      return;
    }
    second.abort();
    setTimeout(() => exit(130), LAST_MS).unref();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) source.on(signal, listener);
  return {
    interrupt,
    pause: () => {
      paused = true;
    },
    resume: () => {
      paused = false;
    },
    stop: () => {
      for (const signal of signals) source.off(signal, listener);
    },
  };
}
