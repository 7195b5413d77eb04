import type { Outcome, Phase, SkipReason } from "../../engine/events.ts";
import type { Stage } from "../../evidence/events.ts";
import type { ReportEvent } from "../../report/report.ts";

/** The parts of a proof. */
export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  layer: "makes a system, or the end state of a required runbook, where that is not there yet",
  start: "starts a clean host",
  look: "looks at what the host has",
  run: "runs the runbook; output as the page shows it",
  proofs: "asks all proofs in a new process",
  again: "runs it again: every step that changes something is skipped",
  restart: "restarts the host; proofs, and one more run",
  undo: "undoes the runbook's steps; guards say that nothing is done",
  residue: "compares the host with what it was before",
  probe: "asks each proof on a clean host, before its step: one that does its step's work proves nothing",
  script: "the script of `export --to sh` reaches the same end state",
  copied: "the script that the page's button copies reaches the same end state",
  why: "with `--why`, after a failure: proves with one changed package held back",
};

/** When each event comes. */
export const EVENT_WORDS: Readonly<Record<ReportEvent["type"], string>> = {
  "run-started": "First, once the run holds the host.",
  values: "Before a runbook's first step, where it has computed defaults.",
  "step-started": "Before a step's first command, be it a guard.",
  "phase-finished":
    "After each phase of a step that decided something: a check that was asked, an attempt, a proof that held or was given up, an undo.",
  output: "As it comes.",
  "step-finished": "After a step; alone, without its beginning, for one that was left out or not reached.",
  "service-ended": "Where a service ended by itself while its run goes on.",
  "run-finished": "Last.",
  "proof-started": "Of `verify`: first for each runbook.",
  "stage-started":
    "Of `verify`: before each part of a proof. Between it and its end are the events of that part's runs.",
  "stage-finished": "Of `verify`: after each part of a proof.",
  "proof-finished": "Of `verify`: last for each runbook.",
};

/** How a step or a run ends. */
export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  passed: "a step ran, and its proofs hold; of a run: no step failed",
  skipped: "a step did not have to run",
  failed: "a step's command, proof or guard failed; of a run: a step's did",
  left: "of an undo: the step's work stays as it is, and why is said; of its run: some work that was asked for stays",
  blocked: "it could not begin; only the journal has this, since a run that is blocked has no events",
  cancelled: "a step was not reached, after a failure or an interruption; of a run: it was interrupted",
};

/** Why a step is skipped. */
export const REASONS: Readonly<Record<SkipReason, string>> = {
  guard: "its guard, or its proofs, say that the work is done",
  when: "its `when` says that it does not apply here",
  journal: "the run that is resumed did it before",
  deselected: "`--from`, `--until`, `--only` or `--skip` leaves it out",
};

/** The parts of a step. */
export const PHASES: Readonly<Record<Phase, string>> = {
  when: "whether the step applies",
  guard: "whether its work is done; a proof that stands for a guard, too",
  run: "its own commands",
  proof: "whether it did its work",
  undo: "taking it back",
};
