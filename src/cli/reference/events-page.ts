import { COMMAND_ERRORS, STEP_ERRORS } from "../../errors/codes.ts";
import { EVENT_FIELDS } from "../../report/ndjson/event-schema.ts";
import { EVENT_WORDS, OUTCOMES, PHASES, REASONS, STAGE_WORDS } from "./event-words.ts";
import { fieldTable } from "./field-table.ts";
import { EXIT_CODES } from "./help.ts";
import { tableOf } from "./reference.ts";

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
    "`run`, the run's id. `verify` emits the events of proofs, whose `run` is the proof's own id, and between them the events",
    "of the runs in their stages, each of which has `proof`: an object of that id (`run`), `stage`, and `values` where not all",
    "are the defaults. With `--jobs` the events of several proofs come by turns. [The tutorial](../authors/write-a-runbook.md#for-a-program) has the events of a whole run.",
    "",
    "A run that is refused or blocked has no events, but an error. Events that end without `run-finished` are those of a",
    "run that was killed, or that lost its journal.",
    "",
    ...(Object.keys(EVENT_FIELDS) as (keyof typeof EVENT_FIELDS)[]).flatMap(eventSection),
    ...wordsSection("Outcomes", "outcome", OUTCOMES),
    ...wordsSection("Reasons to skip", "reason", REASONS),
    ...wordsSection("Phases", "phase", PHASES),
    ...wordsSection("Stages of a proof", "stage", STAGE_WORDS),
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

function eventSection(type: keyof typeof EVENT_FIELDS): string[] {
  return [`### ${type}`, "", EVENT_WORDS[type], "", fieldTable(EVENT_FIELDS[type]), ""];
}

function wordsSection(title: string, head: string, words: Readonly<Record<string, string>>): string[] {
  const rows = Object.entries(words).map(([word, meaning]) => [`\`${word}\``, meaning]);
  return [`### ${title}`, "", tableOf([head, "says"], rows), ""];
}
