import { REPORT_FORMATS } from "../../report/formats.ts";
import type { Flag } from "./command.ts";

/** Flags that every command takes. */
export const GLOBAL_FLAGS: readonly Flag[] = [
  {
    name: "content",
    value: "DIR",
    about: "The folder of the pages; by default that of the project's runbook.config, else the checkout's content/",
  },
  { name: "dialect", value: "NAME", about: "The Markdown of the pages: markdown, mkdocs, docusaurus, hugo or myst" },
  { name: "quiet", about: "Print errors only" },
  { name: "verbose", about: "Show every step's output, and the cause of an error in full" },
  { name: "version", about: "Print the version" },
  { name: "help", about: "Print the usage, with an example" },
];

/** For programs instead of people. */
export const JSON_FLAG: Flag = { name: "json", about: "Print JSON" };

/** Takes values from a file. */
export const VALUES_FLAG: Flag = {
  name: "values",
  value: "FILE",
  about: "Read values from lines NAME=value; the command line's win",
};

/** Where the host is another machine. */
export const HOST_FLAG: Flag = {
  name: "host",
  value: "DEST",
  about: "Run on another machine over ssh, such as root@box; by default on this one",
};

/** Answers questions beforehand. */
export const YES_FLAG: Flag = { name: "yes", about: "Answer yes to every question" };

/** How a run is shown, and written down. */
export const REPORT_FLAG: Flag = {
  name: "report",
  value: "FORMAT[=FILE]",
  many: true,
  about: `${REPORT_FORMATS.slice(0, -1).join(", ")} or ${REPORT_FORMATS.at(-1)}; to FILE, or in place of what is shown`,
};

/** Asks before each step. */
export const STEP_FLAG: Flag = { name: "step", about: "Ask before each step" };

/** Opens a shell where a step fails. */
export const SHELL_FLAG: Flag = {
  name: "shell",
  about: "Where a step fails, open a shell on its target, with its state",
};

/** Undoes by today's pages. */
export const CURRENT_FLAG: Flag = {
  name: "current",
  about: "Where the undo of a step on today's page differs from the recorded one, run today's",
};

/** Takes a failed run away. */
export const UNDO_ON_FAILURE_FLAG: Flag = {
  name: "undo-on-failure",
  about: "As soon as a step fails, undo what the run did, the last step first; the exit code is 1 all the same",
};

/** Goes on after a failure. */
export const KEEP_GOING_FLAG: Flag = {
  name: "keep-going",
  about: "Run later steps although one failed; the exit code is 1 all the same",
};
