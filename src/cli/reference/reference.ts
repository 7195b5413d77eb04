import type { Command, Flag } from "../line/command.ts";
import { COMMANDS, GLOBAL_FLAGS } from "../line/table.ts";
import { EXIT_CODES, flagText } from "./help.ts";

/** The reference of the command line, as a page. It is made from the table that help is made from. */
export function referencePage(): string {
  return `${[
    "---",
    "title: The command line",
    "description: Every command and flag of runbook, with examples, exit codes, reports, values and state.",
    "---",
    "",
    "`./runbook` in a checkout sets itself up on its first use. This page is made from the same table as `--help`.",
    "",
    tableOf(
      ["command", "does"],
      COMMANDS.map((command) => [`[\`${command.name}\`](#${command.name})`, command.summary]),
    ),
    "",
    "## Everywhere",
    "",
    flagTable(GLOBAL_FLAGS),
    "",
    tableOf(
      ["exit code", "means"],
      EXIT_CODES.map(([code, meaning]) => [String(code), meaning]),
    ),
    "",
    "What the codes of errors mean, and which exit code each leads to, is in [exit codes and events](events.md).",
    "",
    ...COMMANDS.flatMap((command) => [...commandSection(command), ""]),
    REST,
  ].join("\n")}`;
}

function commandSection(command: Command): string[] {
  return [
    `## ${command.name}`,
    "",
    "```text",
    `./runbook ${command.name} ${command.usage}`.trimEnd(),
    "```",
    "",
    ...command.details.flatMap((text) => [text, ""]),
    ...(command.flags.length > 0 ? [flagTable(command.flags), ""] : []),
    tableOf(
      ["for example", ""],
      command.examples.map(({ line, about }) => [`\`${line}\``, about]),
    ),
  ];
}

function flagTable(flags: readonly Flag[]): string {
  return tableOf(
    ["flag", "does"],
    flags.map((flag) => [`\`${flagText(flag)}\``, flag.about]),
  );
}

/** A table of Markdown. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  // `|` ends a cell even in code.
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

const REST = `## Values

A value is given as \`NAME=value\`, each at most once. \`--values FILE\` reads them from a file, and the command line's win.
In the file each line is \`NAME=value\`; empty lines and lines that begin with \`#\` say nothing. The rest of a line is the
value as it stands: nothing is evaluated, and no comment ends it. A value may stand in quotes, as a whole: in single ones
it is what is between them, in double ones \`\\n\`, \`\\t\`, \`\\"\` and \`\\\\\` mean a line feed, a tab, a quote and a backslash.
A line ends at a line feed, with or without a carriage return before it, and at no other character. Values are UTF-8:
bytes that are none are an error, wherever a value comes from.

Secrets are refused in both places, since histories, process lists and files keep them. They come from the environment
variable of their name, or are asked for without echo.

What is missing is asked for on a terminal, which is where both input and error output are one; elsewhere it is an error
that names it. Nothing else waits for an answer where there is no terminal: what would have to ask fails, and says \`--yes\`.

## Reports

A run is shown on a terminal as its plan, a line for each step, and below them the running step with the end of its
output; elsewhere as plain lines. \`NO_COLOR\` turns colours off. Of control characters only tabs,
line feeds and the runner's own colours are ever printed, whatever a page, a path or a step's output holds.
\`--report FORMAT\` shows the run in another form, \`--report FORMAT=FILE\` writes it to a file besides; several may be given.

- \`ndjson\` is one object a line; [exit codes and events](events.md) has its types and fields.
- \`junit\` is JUnit's XML, written when the run has ended: a suite a runbook, a case a step, and one for each of its
  \`when\`, guards, proofs and undos. A case has its page's \`file\` and \`line\`; a failed one has the end of the output.
  The form is that of Jenkins' schema, but for \`file\` and \`line\`, which GitLab and others read.
- \`github\` is for a job of GitHub Actions: plain lines in its log, annotations on the pages' own lines, and a table with
  folded transcripts in the job's summary (\`GITHUB_STEP_SUMMARY\`). What a page prints can forge no workflow command.

## Interruption

Ctrl-C, SIGTERM and SIGHUP end the step that runs with all that it started, write the journal, and say how to go on; the
exit code is 130. A second one ends at once.

## State

The journal and saved files lie in \`RUNBOOK_STATE_DIR\`: by default \`/var/lib/runbook\` for root, else
\`$XDG_STATE_HOME/runbook\` (\`~/.local/state/runbook\`). The folder has mode 0700, and is refused where others could write.

What was read of pages is kept in the checkout's \`.cache\`, or in \`$XDG_CACHE_HOME/runbook\` (\`~/.cache/runbook\`). It is
neither read nor written where another user could write there, or could rename a folder above; then only time is lost.
Whoever can change a page decides what the next run of it does: before root runs pages that others can change, the runner
says whose they are.
`;
