import type { Runbook } from "../model/runbook.ts";

/** A runbook and all that it requires: what is required first, each once. Unknown ids are left out. */
export function runbookOrder(runbooks: ReadonlyMap<string, Runbook>, id: string): Runbook[] {
  const seen = new Set<string>();
  const order: Runbook[] = [];
  const visit = (current: string): void => {
    const runbook = runbooks.get(current);
    // Seen before it is placed, so that a cycle (an error of its own) ends.
    if (!runbook || seen.has(current)) return;
    seen.add(current);
    for (const required of runbook.requires) visit(required.id);
    order.push(runbook);
  };
  visit(id);
  return order;
}
