import type { Journal } from "../journal/journal.ts";
import type { RunRecord } from "../journal/record.ts";
import { markOf } from "../step/step-in-hand.ts";
import type { Host } from "../target/host.ts";
import { sweepTarget } from "../target/sweep-target.ts";

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
  for (const [command, sessions] of order) {
    const variables = { rb_run: run.id, rb_mark: mark, rb_sids: sessions.join(" ") };
    await sweepTarget(host, { command, values, text: "sweep.sh", variables, limitMs });
  }
  journal.markSwept(run.id);
}

/** Ends what a run of another machine's journal left on this host: its shells and what they still ran. */
export async function sweepStranger(host: Host, run: string): Promise<void> {
  const variables = { rb_run: run, rb_mark: "", rb_sids: "" };
  await sweepTarget(host, { command: "", values: new Map(), text: "sweep.sh", variables, limitMs });
}

function unfinishedMark(journal: Journal, run: RunRecord): string {
  const steps = journal.steps(run.id);
  const index = steps.findIndex((step) => step.started !== undefined && step.end === undefined);
  const step = steps[index];
  return step ? markOf(run.id, index, step.attempt ?? 1) : "";
}
