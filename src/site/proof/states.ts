import type { Evidence, RunbookState, StepState } from "../../evidence/index.ts";

/** A state of a step or of a whole runbook; also the anchor of its meaning on the page about proof. */
export type ProofState = StepState | RunbookState;

/** A state in words, with a shape of its own (a path in a square of 16), and what it means. */
interface Told {
  words: string;
  shape: string;
  meaning: string;
}

const ring = "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8Zm0 1.5a4.7 4.7 0 1 1 0 9.4 4.7 4.7 0 0 1 0-9.4Z";

/** The states, the one that says most first. */
export const proofStates: Record<ProofState, Told> = {
  proved: {
    words: "proved",
    shape: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-1.1 10.6L3.6 8.3l1.3-1.3 2 2 4.2-4.3 1.3 1.3Z",
    meaning:
      "There is evidence for exactly this text on the platform that is named: it ran on a clean host, a second run found everything done, it held after a restart or was brought back by one more run, and undo led back.",
  },
  partly: {
    words: "proved in part",
    shape: `${ring}M8 4.2a3.8 3.8 0 0 0 0 7.6Z`,
    meaning:
      "There is evidence for this text, but not for all of it: a step was skipped or not reached there, or the second run, the restart or undo was left out.",
  },
  changed: {
    words: "changed since its proof",
    shape: "M8 1.2 15.4 14.6H.6ZM8 4.3 3.1 13.1h9.8Z",
    meaning:
      "The step, its checks, its parameters, a step before it or a runbook that it requires was changed after the proof. Changed prose makes nothing stale.",
  },
  failed: {
    words: "failed when last tried",
    shape: "M2 2h12v12H2Zm3.2 1.9L3.9 5.2 6.7 8l-2.8 2.8 1.3 1.3L8 9.3l2.8 2.8 1.3-1.3L9.3 8l2.8-2.8-1.3-1.3L8 6.7Z",
    meaning: "The last attempt to prove exactly this text failed. The transcript or the message says at what.",
  },
  skipped: {
    words: "not proved: done already there",
    shape: `${ring}M4.6 7.2h6.8v1.6H4.6Z`,
    meaning:
      "On the clean host the step's guard found its work done at once, so the step never ran. That proves its guard at best, and not the step.",
  },
  inapplicable: {
    words: "does not apply there",
    shape: "M2 7.2h12v1.6H2Z",
    meaning: "The step's condition did not hold on that platform, so the step owes no proof there.",
  },
  "not-proved": {
    words: "not proved yet",
    shape: ring,
    meaning:
      "There is no evidence. The procedure may work; nobody has shown it here. Its own checks still hold: a step whose guard says “done” is skipped, and a proof that fails stops the run.",
  },
};

/** The results of a proof's stages after the first run. */
export const partWords: { [Part in "again" | "restart" | "undo"]: Record<Evidence[Part], string> } = {
  again: {
    passed: "a second run found all done",
    failed: "a second run found work to do",
    skipped: "not run a second time",
  },
  restart: {
    passed: "held after a restart",
    failed: "did not hold after a restart",
    skipped: "not restarted",
    rerun: "brought back after a restart",
  },
  undo: { passed: "undo led back", failed: "undo did not lead back", skipped: "not undone" },
};

/** The results of the two scripts that a reader can have, in words; empty where neither was tried. */
export function scriptWords({ script, copied }: Pick<Evidence, "script" | "copied">): string[] {
  if (script === "passed" && copied === "passed") return ["as a script it led to the same end"];
  if (script === "passed") return ["exported as a script it led to the same end"];
  return copied === "passed" ? ["copied as a script it led to the same end"] : [];
}
