/** What an error that stops a command means, and what the command exits with. */
type CommandError = readonly [exitCode: number, meaning: string];

/** Errors that stop a command before or beside its steps, by code. */
export const COMMAND_ERRORS = {
  "ambiguous-run": [2, "Several runs' ids begin so."],
  "bad-days": [2, "`--prune` was given no number of days."],
  "bad-host": [2, "The name is none that ssh can connect to."],
  "bad-value": [2, "A value that its parameter refuses."],
  "bad-values-file": [2, "The values file can't be read, or a line of it is no value."],
  blocked: [3, "The host lacks what the runbook needs; nothing was run."],
  "computed-bad": [1, "A computed default came out as a value that its parameter refuses."],
  "computed-failed": [1, "The command of a computed default failed."],
  "empty-selection": [2, "`--from` comes after `--until`."],
  fault: [1, "A mistake of the runner's own; `--verbose` shows where."],
  "host-held": [3, "Another run holds the host."],
  "host-unreachable": [3, "ssh does not reach the host."],
  "host-unusable": [3, "The host's shell did not answer as a shell does."],
  interrupted: [130, "The question was answered by Ctrl-C."],
  "journal-broken": [3, "The journal's file is damaged."],
  "journal-busy": [3, "Another process holds the journal."],
  "journal-newer": [3, "A newer version of the runner wrote the journal."],
  "journal-unwritable": [3, "The journal can't be written."],
  "missing-argument": [2, "The command needs one more word."],
  "missing-flag-value": [2, "The flag needs a value."],
  "missing-value": [2, "A parameter without a default was given no value, and there is no terminal to ask on."],
  "needs-yes": [2, "Something would have to be asked, and there is no terminal; `--yes` answers."],
  "no-content": [2, "The folder of the pages can't be read."],
  "no-page": [2, "The word is no page."],
  "no-runbook": [2, "The page has no `runbook:`."],
  "no-terminal": [2, "`--shell` needs a terminal."],
  "no-version": [2, "The installation is damaged: its package.json names no version."],
  "not-resumable": [2, "The run is an undo."],
  "not-there-yet": [2, "Planned, and not there yet."],
  "not-undoable": [2, "The run is an undo itself."],
  "nothing-to-resume": [2, "There is no run to go on with."],
  "nothing-to-undo": [0, "The run left nothing that could be undone."],
  "page-exists": [2, "`new` never writes over a page."],
  "page-missing": [2, "The run's page is gone."],
  "page-unreadable": [2, "The page's file can't be read."],
  "page-unwritable": [2, "The page's file can't be written."],
  "plan-changed": [2, "A step of the run's plan has changed since it began; the hint has the line to go on with."],
  "repeated-flag": [2, "The flag was given twice."],
  "repeated-value": [2, "The value was given twice."],
  "report-unwritable": [2, "The report's file can't be written."],
  "secret-given": [2, "A secret stands where histories or files keep it."],
  "secret-on-command-line": [2, "The same, told by the planner."],
  "state-dir-unsafe": [3, "Others could write the state directory."],
  "state-dir-unusable": [3, "The state directory can't be made or used."],
  "surplus-argument": [2, "The command can't use that word."],
  "two-reports": [2, "Only one report can be shown; others need a file."],
  "unexpected-value": [2, "The flag takes no value."],
  "unknown-command": [2, "There is no such command."],
  "unknown-flag": [2, "The command has no such flag."],
  "unknown-form": [2, "`export` knows no such form."],
  "unknown-page": [2, "There is no such page."],
  "unknown-report": [2, "There is no such report."],
  "unknown-run": [2, "The journal has no such run."],
  "unknown-runbook": [2, "No page has that id."],
  "unknown-shell": [2, "There is no completion for that shell."],
  "unknown-step": [2, "The runbook has no such step."],
  "unknown-value": [2, "The runbook takes no such value."],
  "wrong-page": [2, "A page has errors; they are shown first."],
} as const satisfies Record<string, CommandError>;

/** The code of an error that stops a command. */
export type CommandErrorCode = keyof typeof COMMAND_ERRORS;

/** Errors of a step, by code, as `error.code` of an event has them too. */
export const STEP_ERRORS = {
  "command-failed": "A command of the step failed, and so the step.",
  "computed-bad": "A computed default came out as a value that its parameter refuses.",
  "computed-failed": "The command of a computed default failed.",
  "file-not-kept": "What was in the file before could not be kept for undo, so the step left it as it is.",
  "guard-broken":
    "A guard or `when` did not answer yes or no: its command was not found, it was killed or it took too long.",
  interrupted: "The run was interrupted while the step ran.",
  "output-differs": "The output is not what the page shows. A warning for `exec`, which no event carries.",
  "proof-failed": "The step ran, and its proof does not hold.",
  refused: "The question before a dangerous step was answered with no.",
  "sets-missing": "The step left a variable unset that `sets` promises.",
  "shell-died": "The step ended the shell that it ran in.",
  "target-lost": "The line to the target ended while the step ran.",
  "target-unreachable": "The target could not be entered.",
  timeout: "The step, or its guard, proof or undo, took longer than it may.",
} as const satisfies Record<string, string>;

/** The code of a step's error. */
export type StepErrorCode = keyof typeof STEP_ERRORS;
