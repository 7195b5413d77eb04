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
    summary: "Go on with a run that was broken off",
    details: [
      "Goes on with the same plan and values; by default with the latest run that did not end well. First ends what the broken run left alive. Refuses where a step of the plan has changed since, and prints the `exec` line to go on with. The beginning of a run's name is enough.",
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
    summary: "Take away what a run did",
    details: [
      "With a run, undoes what that run did, in reverse order, required runbooks too, except what a later run's work stands on. It follows what the run recorded: a page that was edited or deleted since changes nothing. With a runbook's id, undoes that runbook's own steps, of its latest run with these values; where the journal has none, the steps whose guards say done. Shows the plan and asks first. Exits with 1 where a step fails, or where something that was asked for is left as it is, such as a file that was changed since; with 3 where all of it is held by a later run.",
    ],
    operand: "run-or-runbook",
    words: [1, 1],
    values: true,
    flags: [YES_FLAG, HOST_FLAG, VALUES_FLAG, REPORT_FLAG, KEEP_GOING_FLAG, CURRENT_FLAG],
    examples: [
      { line: "./runbook undo 20261124-2250-k3f9", about: "what that run did" },
      { line: "./runbook undo lxc-new CONTAINER=web1", about: "the container web1, whichever run made it" },
    ],
  },
  {
    name: "runs",
    usage: "",
    summary: "Runs that the journal knows",
    details: [
      "Lists runs, the latest last. `--prune` forgets runs that ended more than so many days ago (30), but none that an undo still needs.",
    ],
    operand: "none",
    words: [0, 0],
    values: false,
    flags: [
      { name: "prune", value: "DAYS", optional: true, about: "Forget runs older than so many days, by default 30" },
      JSON_FLAG,
    ],
    examples: [{ line: "./runbook runs --prune=7", about: "forget what ended more than a week ago" }],
  },
  {
    name: "log",
    usage: "RUN",
    summary: "A run's steps with their output",
    details: [
      "Prints a run's steps, their outcomes and times, and what they printed: of long output, beginning and end.",
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
    summary: "Do a runbook's guards still hold?",
    details: [
      "Asks each step's guard, and changes nothing. Exits with 0 where every step that can say so is done, and with 1 where one is not or its guard is broken.",
    ],
    operand: "page",
    words: [1, 1],
    values: true,
    flags: [HOST_FLAG, VALUES_FLAG, JSON_FLAG],
    examples: [{ line: "./runbook status lxc-new CONTAINER=web1", about: "is web1 as the page says?" }],
  },
];
