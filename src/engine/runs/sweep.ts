import { readFileSync } from "node:fs";
import { quoteShell } from "../../language/quote.ts";
import type { Journal } from "../journal/journal.ts";
import type { RunRecord } from "../journal/record.ts";
import { execa } from "../shell/execa.ts";
import type { Host } from "../targets/host.ts";
import { markOf } from "./session.ts";

/** Milliseconds that the sweep of one target may take. */
const limitMs = 60_000;

/** Ends, on the host and on every target, what a dead run left alive, and notes that in the journal. */
export async function sweepRun(host: Host, journal: Journal, run: RunRecord): Promise<void> {
  const mark = unfinishedMark(journal, run);
  const shells = journal.shells(run.id);
  const values = new Map(Object.entries(run.values));
  for (const { name, value } of journal.sets(run.id)) values.set(name, value);
  const commands = new Map([["", [] as number[]]]);
  for (const shell of shells) commands.set(shell.command, [...(commands.get(shell.command) ?? []), shell.pid]);
  // Targets before the host: from there their processes are seen too, but not their sessions.
  const order = [...commands].sort(([a], [b]) => Number(a === "") - Number(b === ""));
  for (const [command, sessions] of order) await sweepTarget(host, command, values, sweepText(run.id, mark, sessions));
  journal.markSwept(run.id);
}

/** Ends what a run of another machine's journal left on this host: its shells and what they still ran. */
export async function sweepStranger(host: Host, run: string): Promise<void> {
  await sweepTarget(host, "", new Map(), sweepText(run, "", []));
}

function unfinishedMark(journal: Journal, run: RunRecord): string {
  const steps = journal.steps(run.id);
  const index = steps.findIndex((step) => step.begun !== undefined && step.end === undefined);
  const step = steps[index];
  return step ? markOf(run.id, index, step.attempt ?? 1) : "";
}

function sweepText(run: string, mark: string, sessions: number[]): string {
  const read = (name: string): string => readFileSync(new URL(`../shell/${name}`, import.meta.url), "utf8");
  const head = `rb_run=${quoteShell(run)} rb_mark=${quoteShell(mark)} rb_sids=${quoteShell(sessions.join(" "))}`;
  return `${head}\n${read("ending.sh")}\n${read("sweep.sh")}`;
}

async function sweepTarget(
  host: Host,
  command: string,
  values: ReadonlyMap<string, string>,
  text: string,
): Promise<void> {
  const exports = [...values].map(([name, value]) => `export ${name}=${quoteShell(value)}\n`).join("");
  const input =
    command === "" ? text : `${exports}${command.replaceAll("\n", " ")} sh <<'RUNBOOK_SWEEP'\n${text}\nRUNBOOK_SWEEP\n`;
  const { file, args, env } = host.shell;
  await execa(file, args, {
    input,
    env,
    extendEnv: false,
    reject: false,
    timeout: limitMs,
    stdout: "ignore",
    stderr: "ignore",
  });
}
