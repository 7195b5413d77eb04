import type { Script } from "node:vm";

/** Bytes of the longest page that is read. */
export const maxPageBytes = 1024 * 1024;

/** Lists and quotes that may stand inside each other: Markdown's parser takes more than the square of it. */
export const maxPageDepth = 100;

/** Milliseconds after which reading a page is given up, whatever its parsers met. */
export const pageTimeMs = 30_000;

/** Milliseconds after which a parameter's pattern has not matched: backtracking may take for ever. */
export const patternTimeMs = 1000;

/** Code took longer than it may. */
export class TooLongError extends Error {}

let script: Script | undefined;
let context: { run?: (() => unknown) | undefined } | undefined;

/** Runs synchronous code and ends it where it takes too long, a regular expression's backtracking too. */
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
    return script.runInContext(context as object, { timeout: ms }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    throw new TooLongError(`It took longer than ${ms / 1000} s.`);
  } finally {
    context.run = undefined;
  }
}
