import type { Outcome, Phase, SkipReason } from "../../engine/events.ts";
import { COMMAND_ERRORS, STEP_ERRORS } from "../../errors/codes.ts";
import type { EVENT_FIELDS } from "../../report/ndjson.ts";
import { EXIT_CODES } from "./help.ts";
import { tableOf } from "./reference.ts";

type Fields = typeof EVENT_FIELDS;

/** When each event comes, and of each of its fields the kind and the meaning. */
const EVENTS: {
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
  "run-finished": {
    when: "Last.",
    fields: {
      outcome: ["text", "see [outcomes](#outcomes)"],
      exitCode: ["number", "what `runbook` exits with"],
      counts: ["numbers by outcome", "how many steps ended how; all six are there"],
      durationMs: ["number", "of the run"],
      ended: [
        "list",
        "what steps had left in the background and the run's end ended, each with `runbook`, `step` and `command`; absent where there was nothing",
      ],
    },
  },
};

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  passed: "a step ran, and its proofs hold; of a run: no step failed",
  skipped: "a step did not have to run",
  failed: "a step's command, proof or guard failed; of a run: a step's did",
  left: "of an undo: the step's work stays as it is, and why is said; of its run: some work that was asked for stays",
  blocked: "it could not begin; only the journal has this, since a run that is blocked has no events",
  cancelled: "a step was not reached, after a failure or an interruption; of a run: it was interrupted",
};

const REASONS: Readonly<Record<SkipReason, string>> = {
  guard: "its guard, or its proofs, say that the work is done",
  when: "its `when` says that it does not apply here",
  journal: "the run that is resumed did it before",
  deselected: "`--from`, `--until`, `--only` or `--skip` leaves it out",
};

const PHASES: Readonly<Record<Phase, string>> = {
  when: "whether the step applies",
  guard: "whether its work is done; a proof that stands for a guard, too",
  run: "its own commands",
  proof: "whether it did its work",
  undo: "taking it back",
};

/** The reference of exit codes, events and errors, as a page: made from the code that they come from. */
export function eventsPage(): string {
  return `${[
    "---",
    "title: Exit codes and events",
    "description: What runbook exits with, the events of `--report ndjson` with all their fields, and every code of an error.",
    "---",
    "",
    "For programs that run `runbook` and read what it says. This page is made from the code; what it has is stable: codes",
    "and fields may be added, and none changes its meaning.",
    "",
    "## Exit codes",
    "",
    tableOf(
      ["code", "means"],
      EXIT_CODES.map(([code, meaning]) => [String(code), meaning]),
    ),
    "",
    "`check` exits with 2 where a page has an error, with `--strict` also where there is a warning; `status` with 1 where a",
    "step is not done; `doctor ID` with 3 where the host lacks what the runbook needs. `nothing-to-undo` is no error.",
    "",
    "## Events",
    "",
    "`--report ndjson` prints one object a line, in the order in which things happen; `--report ndjson=FILE` writes them",
    "beside what is shown. `exec`, `resume` and `undo` emit the same ones. Each has `type`, `time` (ISO 8601, UTC) and",
    "`run`, the run's id. [The tutorial](../authors/write-a-runbook.md#for-a-program) has the events of a whole run.",
    "",
    "A run that is refused or blocked has no events, but an error. Events that end without `run-finished` are those of a",
    "run that was killed, or that lost its journal.",
    "",
    ...Object.entries(EVENTS).flatMap(([type, event]) => eventSection(type, event)),
    ...wordsSection("Outcomes", "outcome", OUTCOMES),
    ...wordsSection("Reasons to skip", "reason", REASONS),
    ...wordsSection("Phases", "phase", PHASES),
    "## Errors of a step",
    "",
    "`error` is an object of `code`, `message` and, where there is a way out to name, `hint`, and of the place in the page:",
    "`file`, `line` and `column` of the command that failed, where that can be known, else of its fence.",
    "",
    tableOf(
      ["code", "means"],
      Object.entries(STEP_ERRORS).map(([code, meaning]) => [`\`${code}\``, meaning]),
    ),
    "",
    "## Errors of a command",
    "",
    "What stops a command is printed as `error[code]`, with a way out below it. Diagnostics of pages have",
    "[codes of their own](language.md#diagnostics).",
    "",
    tableOf(
      ["code", "exit code", "means"],
      Object.entries(COMMAND_ERRORS).map(([code, [exitCode, meaning]]) => [`\`${code}\``, String(exitCode), meaning]),
    ),
  ].join("\n")}\n`;
}

function eventSection(type: string, event: (typeof EVENTS)[keyof Fields]): string[] {
  const rows = Object.entries(event.fields).map(([field, [kind, meaning]]) => [`\`${field}\``, kind, meaning]);
  return [`### ${type}`, "", event.when, "", tableOf(["field", "kind", "is"], rows), ""];
}

function wordsSection(title: string, head: string, words: Readonly<Record<string, string>>): string[] {
  const rows = Object.entries(words).map(([word, meaning]) => [`\`${word}\``, meaning]);
  return [`### ${title}`, "", tableOf([head, "says"], rows), ""];
}
