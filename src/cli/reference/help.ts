import { table } from "../../terminal/table.ts";
import { wrap } from "../../terminal/width.ts";
import type { Command, Flag } from "../line/command.ts";
import { COMMANDS, GLOBAL_FLAGS } from "../line/table.ts";

/** What each exit code says. */
export const EXIT_CODES: readonly (readonly [number, string])[] = [
  [0, "all passed or skipped"],
  [1, "a step failed"],
  [2, "wrong use, or a wrong page"],
  [3, "blocked: the host lacks something, or another run holds it"],
  [130, "interrupted"],
];

/** A flag as it is typed. */
export function flagText(flag: Flag): string {
  if (!flag.value) return `--${flag.name}`;
  return flag.optional ? `--${flag.name}[=${flag.value}]` : `--${flag.name} ${flag.value}`;
}

/** The overview of all commands. */
export function overview(columns: number): string {
  const commands = COMMANDS.map((command) => [`  ${command.name}`, command.summary]);
  return lines([
    "Notes on virtualization whose procedures run.",
    "",
    "Usage: ./runbook COMMAND [ARGUMENT…]",
    "",
    ...table(commands, columns),
    "",
    "Everywhere:",
    ...flagTable(GLOBAL_FLAGS, columns),
    "",
    "Exit codes:",
    ...table(
      EXIT_CODES.map(([code, meaning]) => [`  ${code}`, meaning]),
      columns,
    ),
    "",
    "For example:",
    "  ./runbook exec lxc-new CONTAINER=web1",
    "  ./runbook exec --help",
  ]);
}

/** A command's own help. */
export function commandHelp(command: Command, columns: number): string {
  const details = command.details.flatMap((text) => [...wrap(text, Math.min(columns, 80)), ""]);
  const own = command.flags.length > 0 ? ["Flags:", ...flagTable(command.flags, columns), ""] : [];
  const examples = command.examples.map((example) => [`  ${example.line}`, `# ${example.about}`]);
  return lines([
    `${command.summary}.`,
    "",
    `Usage: ./runbook ${command.name} ${command.usage}`.trimEnd(),
    "",
    ...details,
    ...own,
    "Everywhere:",
    ...flagTable(GLOBAL_FLAGS, columns),
    "",
    "For example:",
    ...table(examples, Math.max(columns, 100)),
  ]);
}

function flagTable(flags: readonly Flag[], columns: number): string[] {
  const first = Math.max(...flags.map((flag) => flagText(flag).length)) + 4;
  return flags.flatMap((flag) => {
    const about = wrap(flag.about, Math.max(24, Math.min(columns, 100) - first));
    return about.map((line, index) => `  ${(index === 0 ? flagText(flag) : "").padEnd(first - 2)}${line}`);
  });
}

function lines(content: readonly string[]): string {
  return `${content.join("\n")}\n`;
}
