import { quoteLine } from "../shell/quote.ts";

type Given = ReadonlyMap<string, string>;

/** The line that runs a runbook with the values that a reader gave. */
export function execLine(id: string, given: Given, ...options: string[]): string {
  return quoteLine(["./runbook", "exec", id, ...assignments(given), ...options]);
}

/** The line that undoes it. */
export function undoLine(id: string, given: Given): string {
  return quoteLine(["./runbook", "undo", id, ...assignments(given)]);
}

function assignments(given: Given): string[] {
  return [...given].map(([name, value]) => `${name}=${value}`);
}
