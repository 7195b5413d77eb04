import type { RunbookProof } from "./runbook-page.ts";

/** How a page differs from the page that was proved. */
export interface MovedOn {
  /** Of the latest proof that is of another text. */
  date: string;
  /** Ids of the steps that changed, the first ones. */
  steps: string[];
  more: number;
}

const shown = 4;

/** Whether a page's text moved on after its proofs: only where it did so on every platform. */
export function movedOn({ platforms }: RunbookProof): MovedOn | undefined {
  if (platforms.length === 0 || platforms.some(({ state }) => state !== "changed")) return undefined;
  const latest = platforms.toSorted((one, other) => (one.date < other.date ? 1 : -1))[0];
  const changed = (latest?.steps ?? []).filter(({ state, seen }) => state === "changed" || !seen).map(({ id }) => id);
  return { date: latest?.date ?? "", steps: changed.slice(0, shown), more: Math.max(0, changed.length - shown) };
}
