import type { Journal } from "../../../engine/journal/journal.ts";
import type { RunRecord } from "../../../engine/journal/record.ts";
import { destinationOf } from "../../../engine/target/host.ts";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { STATE_SIGNS } from "../../../report/step/outcome-words.ts";
import { type Style, styleFor } from "../../../terminal/style.ts";
import { table } from "../../../terminal/table.ts";
import { type Context, flagValue, printJson } from "../../context.ts";
import { withJournal } from "../../journal.ts";
import { forgetPages } from "../../run/page-of-run.ts";

const DEFAULT_DAYS = 30;

/** Lists runs, the latest last; forgets old ones when asked to. */
export async function run(context: Context): Promise<number> {
  const { io, json, quiet } = context;
  const prune = flagValue(context, "prune");
  const days = prune === undefined ? undefined : daysFrom(prune);
  return await withJournal(context, (journal) => {
    if (days !== undefined) {
      const removed = journal.prune({ days });
      forgetPages(context, removed);
      if (json) printJson(io, removed);
      else if (!quiet) io.out(`Forgot ${removed.length} ${removed.length === 1 ? "run" : "runs"}.\n`);
      return 0;
    }
    const runs = journal.runs().toReversed();
    if (json)
      printJson(
        io,
        runs.map((record) => describeRun(journal, record)),
      );
    else if (runs.length === 0) io.err("The journal has no runs.\n");
    else
      io.out(
        `${table(runs.map((record) => row(journal, record, styleFor(Boolean(io.stdout.isTTY), io.env)))).join("\n")}\n`,
      );
    return 0;
  });
}

function daysFrom(text: string): number {
  if (text === "") return DEFAULT_DAYS;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new RunbookError("bad-days", `--prune takes a number of days, not "${text}".`);
}

function describeRun(journal: Journal, record: RunRecord): Record<string, unknown> {
  const { id, kind, runbook, host, values, started, finished, outcome, exitCode, resumes, undoes } = record;
  const steps = journal.steps(id);
  return {
    id,
    kind,
    runbook,
    host,
    values,
    started,
    finished: finished ?? null,
    outcome: outcome ?? null,
    exitCode: exitCode ?? null,
    ...(resumes !== undefined && { resumes }),
    ...(undoes && { undoes }),
    undone: steps.some((step) => step.undone),
    steps: steps.map((step) => ({ key: step.key, outcome: step.end?.outcome ?? null, undone: step.undone })),
  };
}

function row(journal: Journal, record: RunRecord, style: Style): string[] {
  const { id, kind, runbook, host, started, outcome } = record;
  const steps = journal.steps(id);
  const done = steps.filter((step) => step.end && step.end.outcome !== "cancelled").length;
  const undone = steps.filter((step) => step.undone).length;
  const notes = [
    ...(destinationOf(host) === undefined ? [] : [`on ${host}`]),
    ...(record.resumes ? [`goes on with ${record.resumes}`] : []),
    ...(undone > 0 ? [`${undone} undone`] : []),
  ];
  const state = outcome ?? "unfinished";
  return [
    id,
    started.slice(0, 16).replace("T", " "),
    // The word is padded before it is coloured: colours count as columns in a table.
    style(outcome ? STATE_SIGNS[outcome].mark : "yellow", state.padEnd(10)),
    `${done}/${steps.length}`,
    `${kind === "undo" ? "undo of " : ""}${runbook}${notes.length > 0 ? `  (${notes.join(", ")})` : ""}`,
  ];
}
