import type { Outcome, SkipReason } from "../../engine/events.ts";
import type { Mark } from "../../terminal/style.ts";

/** How a step's state is shown: a symbol, the same in ASCII, and a colour; the word is the outcome itself. */
export interface StateSign {
  symbol: string;
  ascii: string;
  mark: Mark;
}

/** The signs of all outcomes, and of a step that runs. */
export const STATE_SIGNS: Readonly<Record<Outcome | "running", StateSign>> = {
  passed: { symbol: "✓", ascii: "+", mark: "green" },
  skipped: { symbol: "–", ascii: "-", mark: "dim" },
  failed: { symbol: "✗", ascii: "x", mark: "red" },
  left: { symbol: "!", ascii: "!", mark: "yellow" },
  blocked: { symbol: "▲", ascii: "!", mark: "yellow" },
  cancelled: { symbol: "·", ascii: ".", mark: "yellow" },
  running: { symbol: "▸", ascii: ">", mark: "blue" },
};

/** Why a step was skipped, in words. */
export const SKIP_WORDS: Readonly<Record<SkipReason, string>> = {
  when: "does not apply",
  guard: "already done",
  journal: "done before, says the journal",
  deselected: "left out",
};

/** The counts of a run in words, such as `12 passed, 4 skipped`; outcomes that did not occur are left out. */
export function countWords(counts: Readonly<Record<Outcome, number>>): string {
  const order: readonly Outcome[] = ["passed", "skipped", "failed", "left", "blocked", "cancelled"];
  const words = order.filter((outcome) => counts[outcome] > 0).map((outcome) => `${counts[outcome]} ${outcome}`);
  return words.length > 0 ? words.join(", ") : "no steps";
}
