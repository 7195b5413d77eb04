import type { Outcome, Phase, SkipReason } from "../../engine/events.ts";
import type { Stage } from "../../evidence/events.ts";
import type { EVENT_FIELDS } from "../../report/ndjson.ts";

type Fields = typeof EVENT_FIELDS;

/** What every event of a proof has. */
const PROOF_FIELDS = {
  runbook: ["text", "the runbook's id"],
  platform: ["text", "the clean host, such as `lxc-debian-12-amd64`"],
  file: ["text", "the page"],
  line: ["number", "the page's line on which the runbook is declared"],
} as const;

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
  script: "the script of `export --to sh` reaches the same end state",
  copied: "the script that the page's button copies reaches the same end state",
  why: "with `--why`, after a failure: proves with one changed package held back",
};

/** When each event comes, and of each of its fields the kind and the meaning. */
export const EVENTS: {
  readonly [Type in keyof Fields]: {
    when: string;
    fields: Readonly<Record<Fields[Type][number], readonly [kind: string, meaning: string]>>;
  };
} = {
  "run-started": {
    when: "First, once the run holds the host.",
    fields: {
      runbooks: ["texts", "ids of the runbooks, in the order in which they run"],
      host: ["text", "`localhost`, or what `--host` named"],
      values: ["texts by name", 'the values that are known; a secret is `"***"`, one not yet computed is absent'],
      ended: [
        "list",
        "what runs before whose runner was killed had left in the background, and what has ended by now: each with `of`, the run, and `runbook`, `step`, `command`, and `service` as in `run-finished`; their steps are not done; absent where there was nothing",
      ],
    },
  },
  values: {
    when: "Before a runbook's first step, where it has computed defaults.",
    fields: {
      runbook: ["text", "whose values they are"],
      values: ["texts by name", "the values that were computed"],
    },
  },
  "step-started": {
    when: "Before a step's first command, be it a guard.",
    fields: {
      runbook: ["text", "the runbook's id"],
      step: ["text", "the step's id"],
      target: ["text", "where it runs; `host` is the host"],
      file: ["text", "the page"],
      line: ["number", "the page's line on which the step's fence begins"],
      sets: ["texts", "names of the variables that it hands on; absent where there are none"],
      background: ["true", "it is a service, whose output may come after its end, too; absent elsewhere"],
    },
  },
  "phase-finished": {
    when: "After each phase of a step that decided something: a check that was asked, an attempt, a proof that held or was given up, an undo.",
    fields: {
      runbook: ["text", "the runbook's id"],
      step: ["text", "the step's id"],
      phase: ["text", "see [phases](#phases)"],
      exitCode: ["number or null", "of its commands; null where it was ended from outside"],
      durationMs: ["number", "of this phase alone; of a proof that is polled, the last try"],
    },
  },
  output: {
    when: "As it comes.",
    fields: {
      runbook: ["text", "the runbook's id"],
      step: ["text", "the step's id"],
      phase: ["text", "the part of the step that printed it, see [phases](#phases)"],
      stream: ["text", "`stdout` or `stderr`"],
      text: ["text", "at most 64 KiB, cut anywhere; bytes that are no UTF-8 are U+FFFD, secrets `***`"],
    },
  },
  "step-finished": {
    when: "After a step; alone, without its beginning, for one that was left out or not reached.",
    fields: {
      runbook: ["text", "the runbook's id"],
      step: ["text", "the step's id"],
      target: ["text", "where it ran"],
      file: ["text", "the page"],
      line: ["number", "the page's line on which the step's fence begins"],
      outcome: ["text", "see [outcomes](#outcomes)"],
      exitCode: ["number or null", "of its commands; null where none ran or a signal ended them"],
      durationMs: ["number", "of all of it, guards and proofs too"],
      reason: ["text", "why it was skipped, see [reasons](#reasons-to-skip); absent elsewhere"],
      error: ["object", "what went wrong, see [errors](#errors-of-a-step); absent where nothing did"],
    },
  },
  "service-ended": {
    when: "Where a service ended by itself while its run goes on.",
    fields: {
      runbook: ["text", "the runbook's id"],
      step: ["text", "the step's id"],
      target: ["text", "where it ran"],
      file: ["text", "the page"],
      line: ["number", "the page's line on which the step's fence begins"],
      exitCode: ["number or null", "of its commands; null where its target was lost"],
      error: ["object", "what went wrong: the step then counts as failed; absent where it ended with 0"],
    },
  },
  "run-finished": {
    when: "Last.",
    fields: {
      outcome: ["text", "see [outcomes](#outcomes)"],
      exitCode: ["number", "what `runbook` exits with"],
      counts: ["numbers by outcome", "how many steps ended how; all six are there"],
      durationMs: ["number", "of the run"],
      ended: [
        "list",
        "what steps had left in the background and the run's end ended, each with `runbook`, `step` and `command`, and with `service` where it is one, which is meant to end so; absent where there was nothing",
      ],
    },
  },
  "proof-started": {
    when: "Of `verify`: first for each runbook.",
    fields: PROOF_FIELDS,
  },
  "stage-started": {
    when: "Of `verify`: before each part of a proof. Between it and its end are the events of that part's runs.",
    fields: {
      ...PROOF_FIELDS,
      stage: ["text", "see [stages](#stages-of-a-proof)"],
      detail: ["text", "what is made; absent where the stage says it"],
      values: ["texts by name", "the values that are given; none where all are the defaults"],
    },
  },
  "stage-finished": {
    when: "Of `verify`: after each part of a proof.",
    fields: {
      ...PROOF_FIELDS,
      stage: ["text", "see [stages](#stages-of-a-proof)"],
      values: ["texts by name", "the values that were given"],
      outcome: ["text", "`passed`, `failed`, `blocked` or `cancelled`"],
      durationMs: ["number", "of this part"],
      error: [
        "object",
        "what went wrong, as [a step's](#errors-of-a-step), its `code` the stage's name; absent elsewhere",
      ],
    },
  },
  "proof-finished": {
    when: "Of `verify`: last for each runbook.",
    fields: {
      ...PROOF_FIELDS,
      outcome: ["text", "`passed`, `failed`, `blocked` or `cancelled`"],
      durationMs: ["number", "of the whole proof"],
      since: ["text", "when it was proved, where nothing has changed since on this machine; absent elsewhere"],
      notProved: ["texts", "steps that their guard skipped at once; absent where there are none"],
      evidence: ["text", "the evidence file that was written, or in which the failure is noted; absent where none was"],
      kept: ["text", "the command that enters the host that was left; absent where none was"],
      error: ["object", "what went wrong; absent where nothing did"],
    },
  },
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
