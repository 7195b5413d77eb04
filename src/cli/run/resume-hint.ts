import { accessSync, constants } from "node:fs";
import { resolve } from "node:path";
import type { RunFinished } from "../../engine/events.ts";
import type { Journal } from "../../engine/journal/journal.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { Fence } from "../../language/model/runbook.ts";
import { quoteShell } from "../../language/shell/quote.ts";
import { copiedShell } from "../../language/values/shown.ts";
import type { Context } from "../context.ts";
import { programLine } from "../line/command-line.ts";
import type { NextLines } from "./next-lines.ts";
import type { Tracker } from "./tracker.ts";

/** What is said when a run has ended: how to enter what it made, how to go on, how to take it away. */
export function goingOn({
  plan,
  destination,
  tracker,
  kind,
  lines,
  journal,
}: {
  plan: Plan;
  destination: string | undefined;
  tracker: Tracker;
  kind: "exec" | "undo";
  lines: NextLines;
  journal: Journal;
}) {
  return (end: RunFinished): string[] => {
    if (kind === "undo")
      return end.exitCode === 0 || end.outcome === "left" ? [] : [`Go on:         ${lines.goOn(end.run)}`];
    if (end.exitCode === 0) {
      const away = tracker.changed ? [`Take it away:  ${lines.takeAway(end.run)}`] : [];
      return [...enterLines(plan, destination, tracker, journal), ...away];
    }
    return [
      `Go on:         ${lines.goOn(end.run)}`,
      ...(tracker.changed ? [`Take it away:  ${lines.takeAway(end.run)}`] : []),
    ];
  };
}

/** A line for each target that the run reached: its command before a shell's name, with the run's values. */
function enterLines(
  plan: Plan,
  destination: string | undefined,
  { reached, values }: Tracker,
  journal: Journal,
): string[] {
  const secrets = [...plan.values.values()].filter(({ parameter }) => parameter.secret).map(({ name }) => name);
  const known = new Map([...values].filter(([name]) => !secrets.includes(name)));
  const commands = new Map<string, string>();
  for (const { runbook, target } of reached) {
    const targets = plan.runbooks.find(({ id }) => id === runbook)?.targets ?? [];
    const command = targets.find(({ name }) => name === target)?.command;
    if (command === undefined) continue;
    commands.set(commandLine(`${command} ${shellOf(journal, command)}`, known, destination), target);
  }
  return [...commands].map(([command, target]) => `${`Enter ${target}:`.padEnd(14)} ${command}`);
}

/** The shell that a target's command led to when a step ran there last: not each has a bash. */
function shellOf(journal: Journal, command: string): "bash" | "sh" {
  for (const { id } of journal.runs()) {
    const there = journal.work(id).find(({ recipe }) => recipe?.target.command === command);
    if (there?.recipe) return there.recipe.shell;
  }
  return "bash";
}

function commandLine(command: string, values: ReadonlyMap<string, string>, host: string | undefined): string {
  const fence: Fence = { language: "sh", text: command, span: NOWHERE, lines: [] };
  const line = copiedShell(fence, values).replaceAll("\n", "; ");
  return host === undefined ? line : `ssh -t ${quoteShell(host)} ${quoteShell(line)}`;
}

const NOWHERE = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

/** The line that does the same as root. Values that came from the environment have to get through `sudo`. */
export function rootLine(context: Context, secrets: readonly string[]): string {
  const { env } = context.io;
  const kept = [...secrets, "RUNBOOK_STATE_DIR"].filter((name) => env[name] !== undefined);
  const bare = { io: { ...context.io, env: {} }, flags: new Map() };
  const line = programLine(bare, context.argv);
  const hasSudo = (env["PATH"] ?? "").split(":").some((folder) => folder !== "" && isProgram(resolve(folder, "sudo")));
  if (!hasSudo) return `su root -c ${quoteShell(programLine({ ...bare, io: context.io }, context.argv))}`;
  return `sudo ${kept.length > 0 ? `--preserve-env=${kept.join(",")} ` : ""}${line}`;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
