import { quoteLine } from "../shell/quote.ts";

/** The line that runs a runbook with the values that a reader gave. */
export function execLine(id: string, given: ReadonlyMap<string, string>): string {
  return quoteLine(["./runbook", "exec", id, ...[...given].map(([name, value]) => `${name}=${value}`)]);
}
