import type { Script } from "node:vm";

/** Bytes of the longest page that is read. */
export const maxPageBytes = 1024 * 1024;

/** Lists and quotes that may stand inside each other: Markdown's parser takes more than the square of it. */
export const maxPageDepth = 100;

/** Milliseconds of processor time after which reading a page is given up, whatever its parsers met. */
export const pageTimeMs = 30_000;

/** Milliseconds of processor time after which a parameter's pattern has not matched: backtracking may take for ever. */
export const patternTimeMs = 1000;

/** Code took longer than it may. */
export class TooLongError extends Error {}

/** A thread that is alone on its processor gets nearly all of the wall clock. */
const nearly = 0.8;

let script: Script | undefined;
let context: { run?: (() => unknown) | undefined } | undefined;

/**
 * Runs synchronous code and ends it where it takes too long, a regular expression's backtracking too. What counts is processor time:
 * on a busy machine the code is run again with more time, so it must begin anew each time and leave nothing where it is ended.
 */
export function withinTime<T>(ms: number, run: () => T): T {
  // Loaded here, since every command needs the numbers above and few need this.
  const vm = process.getBuiltinModule("node:vm");
  script ??= new vm.Script("run()");
  context ??= vm.createContext({}) as { run?: () => unknown };
  const outer = context.run;
  // The outer call has a limit of its own, and this context holds one function.
  if (outer) return run();
  context.run = run;
  try {
    // Node's limit is one of the wall clock, which goes on while others have the processor.
    for (let wait = ms; ; wait *= 4) {
      const begun = process.threadCpuUsage();
      try {
        return script.runInContext(context as object, { timeout: wait }) as T;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
        const { user, system } = process.threadCpuUsage(begun);
        if ((user + system) / 1000 >= ms * nearly) throw new TooLongError(`It took longer than ${ms / 1000} s.`);
      }
    }
  } finally {
    context.run = undefined;
  }
}
