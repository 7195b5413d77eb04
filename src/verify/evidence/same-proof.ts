import type { Evidence } from "../../evidence/schema.ts";

/**
 * Whether evidence that is there, from this machine or another, says the same as a proof that is known: the same steps, proved in
 * the same way. Its date and commit may be others.
 */
export function saysTheSame(before: Evidence | undefined, known: Evidence): boolean {
  return before !== undefined && before.lastFailure === null && proofOf(before) === proofOf(known);
}

function proofOf({ steps, again, restart, undo, script, copied }: Evidence): string {
  return JSON.stringify([steps.map(({ id, hash }) => [id, hash]), again, restart, undo, script, copied]);
}
