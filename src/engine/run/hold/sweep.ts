import type { LostWork } from "../../events.ts";
import type { Journal } from "../../journal/journal.ts";
import type { RunRecord } from "../../journal/record.ts";
import { markOf } from "../../step/step-in-hand.ts";
import type { Host } from "../../target/host.ts";
import { sweepTarget } from "../../target/sweep-target.ts";

/** Milliseconds that the sweep of one target may take. */
const limitMs = 60_000;

/**
 * Ends, on the host and on every target, what a dead run left alive, and records that. What steps of it had left in the
 * background has ended by then, with its supervisors or by this: those steps are not done, and are told.
 */
export async function sweepRun(host: Host, journal: Journal, run: RunRecord): Promise<LostWork[]> {
  const shells = journal.shells(run.id);
  const left = journal.left.of(run.id);
  const services = left.flatMap(({ key, service }) => (service ? [key] : []));
  const marks = marksToEnd(journal, run, services);
  const values = new Map(Object.entries(run.values));
  for (const { name, value } of journal.sets(run.id)) values.set(name, value);
  const commands = new Map([["", [] as number[]]]);
  for (const shell of shells) commands.set(shell.command, [...(commands.get(shell.command) ?? []), shell.pid]);
  // Targets before the host: from there their processes are seen too, but not their sessions.
  const order = [...commands].sort(([a], [b]) => Number(a === "") - Number(b === ""));
  for (const [command, sessions] of order) {
    const variables = { rb_run: run.id, rb_marks: marks.join(" "), rb_sids: sessions.join(" ") };
    await sweepTarget(host, { command, values, text: "sweep.sh", variables, limitMs });
  }
  // A step that had not ended is in doubt anyway.
  const over = new Set(journal.steps(run.id).flatMap(({ key, end }) => (end ? [key] : [])));
  const lost = left.filter(({ key }) => over.has(key));
  journal.together(() => {
    for (const key of new Set(lost.map((one) => one.key))) journal.correctStep(run.id, key, "workEnded");
    journal.markSwept(run.id);
  });
  return lost.map(({ key, command, service }) => {
    const [runbook = "", step = ""] = key.split("/");
    return { of: run.id, runbook, step, command, ...(service ? { service } : {}) };
  });
}

/** Ends what a run of another machine's journal left on this host: its shells and what they still ran. */
export async function sweepStranger(host: Host, run: string): Promise<void> {
  const variables = { rb_run: run, rb_marks: "", rb_sids: "" };
  await sweepTarget(host, { command: "", values: new Map(), text: "sweep.sh", variables, limitMs });
}

/** The marks of steps of which nothing may live on: the unfinished one, and services. */
function marksToEnd(journal: Journal, run: RunRecord, services: readonly string[]): string[] {
  return journal.steps(run.id).flatMap(({ key, started, end, attempt }, index) => {
    const unfinished = started !== undefined && end === undefined;
    return unfinished || services.includes(key) ? [markOf(run.id, index, attempt ?? 1)] : [];
  });
}
