/** Does one task with a runbook in a process of its own, so that the process can be killed. Its argument is a `Job` as JSON. */
import { Journal } from "../../src/engine/journal/journal.ts";
import { makePlan } from "../../src/engine/plan/make-plan.ts";
import { planUndo } from "../../src/engine/plan/undo/plan-undo.ts";
import type { RunOptions } from "../../src/engine/run/options.ts";
import { runPlan } from "../../src/engine/run/run.ts";
import { runUndo } from "../../src/engine/run/undo.ts";
import { openHost } from "../../src/engine/target/host.ts";
import { RunbookError } from "../../src/errors/runbook-error.ts";
import { loadRunbooks } from "../../src/library/library.ts";
import type { Job } from "./job.ts";

const job = JSON.parse(process.argv[2] ?? "") as Job;

process.exitCode = await work().catch((error: unknown) => {
  if (!(error instanceof RunbookError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  return error.exitCode;
});

async function work(): Promise<number> {
  const library = await loadRunbooks(job.contentDir, job.runbook);
  const journal = Journal.open(job.stateDir);
  const host = job.host
    ? { ...job.host, local: false, close: async () => {} }
    : await openHost(undefined, job.stateDir);
  const never = new AbortController().signal;
  const options: RunOptions = {
    ...{ journal, host, yes: true, ask: async () => true },
    interrupt: { first: never, second: never, reason: "SIGTERM" },
    listen: (event) => {
      if (event.type !== "step-finished" || event.error === undefined) return;
      console.error(`${event.runbook}/${event.step}: ${event.error.code}: ${event.error.message}`);
    },
  };
  try {
    const given = new Map(Object.entries(job.values));
    if (job.task === "undo") {
      const target = { id: job.runbook, given, env: process.env };
      const undo = await planUndo({ journal, library, target, host: host.name, far: false });
      return (await runUndo(undo, options)).exitCode;
    }
    const selection = { only: [], skip: [] };
    const plan = await makePlan({ library, id: job.runbook, given, env: process.env, selection });
    // Resumes the latest run where it did not pass. A run that was killed before its first step can't be resumed.
    const last = journal.runs().find(({ kind, outcome }) => kind === "exec" && outcome !== "blocked");
    const resume = job.task === "resume" && last && last.outcome !== "passed" ? last : undefined;
    return (await runPlan(plan, { ...options, ...(resume ? { resume } : {}) })).exitCode;
  } finally {
    journal.close();
  }
}
