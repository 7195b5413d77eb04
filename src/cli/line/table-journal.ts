import type { Command } from "./command.ts";
import {
  CURRENT_FLAG,
  HOST_FLAG,
  JSON_FLAG,
  KEEP_GOING_FLAG,
  REPORT_FLAG,
  SHELL_FLAG,
  STEP_FLAG,
  VALUES_FLAG,
  YES_FLAG,
} from "./flags.ts";

/** Commands that go on from the journal. */
export const JOURNAL_COMMANDS: readonly Command[] = [
  {
    name: "resume",
    usage: "[RUN]",
    summary: "Go on with a run that failed or was interrupted",
    details: [
      "Goes on with the same plan and the same values. Without RUN it takes the latest run that failed or was interrupted. It first ends all processes that the run left. Where a step of the plan has changed since, it refuses, and prints the `exec` line that goes on by today's pages. The beginning of a run's name is enough.",
    ],
    operand: "run",
    words: [0, 1],
    values: false,
    flags: [STEP_FLAG, SHELL_FLAG, YES_FLAG, REPORT_FLAG, KEEP_GOING_FLAG],
    examples: [{ line: "./runbook resume", about: "the latest unfinished run" }],
  },
  {
    name: "undo",
    usage: "RUN|ID [NAME=value…]",
    summary: "Undo a run, or a runbook's steps",
    details: [
      "With RUN, undoes the steps of that run, in reverse order, those of required runbooks too. Steps that a later run's work stands on stay. The undo follows the run's record: it is the same where the page was edited or deleted since. With ID, undoes that runbook's own steps of its latest run with these values; where the journal has no such run, the steps whose guards say done. Shows the plan and asks first. Exits with 1 where a step fails, or where something that was asked for is left as it is, such as a file that was changed since; with 3 where all of it is held by a later run.",
    ],
    operand: "run-or-runbook",
    words: [1, 1],
    values: true,
    flags: [YES_FLAG, HOST_FLAG, VALUES_FLAG, REPORT_FLAG, KEEP_GOING_FLAG, CURRENT_FLAG],
    examples: [
      { line: "./runbook undo 20261124-2250-k3f9", about: "undoes that run" },
      { line: "./runbook undo lxc-new CONTAINER=web1", about: "undoes lxc-new for web1, whichever run made it" },
    ],
  },
  {
    name: "runs",
    usage: "",
    summary: "List the runs in the journal",
    details: [
      "Lists runs, the latest last. `--prune` forgets runs that ended more than 30 days ago, or DAYS days, and keeps every run that an undo still needs.",
    ],
    operand: "none",
    words: [0, 0],
    values: false,
    flags: [
      {
        name: "prune",
        value: "DAYS",
        optional: true,
        about: "Forget runs that ended more than DAYS days ago, by default 30",
      },
      JSON_FLAG,
    ],
    examples: [{ line: "./runbook runs --prune=7", about: "forget what ended more than a week ago" }],
  },
  {
    name: "log",
    usage: "RUN",
    summary: "Show a run's steps with their output",
    details: [
      "Prints a run's steps with their outcomes, times and output. Of long output it has the beginning and the end.",
    ],
    operand: "run",
    words: [1, 1],
    values: false,
    flags: [],
    examples: [{ line: "./runbook log 20261124-2250-k3f9", about: "what that run printed" }],
  },
  {
    name: "status",
    usage: "ID|PAGE [NAME=value…]",
    summary: "Show which steps of a runbook are done",
    details: [
      "Asks each step's guard, and changes nothing. Exits with 0 where every step that has an answer is done, and with 1 where a step is not done or its guard is broken.",
    ],
    operand: "page",
    words: [1, 1],
    values: true,
    flags: [HOST_FLAG, VALUES_FLAG, JSON_FLAG],
    examples: [{ line: "./runbook status lxc-new CONTAINER=web1", about: "is web1 as the page says?" }],
  },
];
