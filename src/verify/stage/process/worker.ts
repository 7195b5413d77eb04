import { resolve } from "node:path";
import { Journal } from "../../../engine/journal/journal.ts";
import { makePlan } from "../../../engine/plan/make-plan.ts";
import type { Plan } from "../../../engine/plan/plan.ts";
import { planUndo } from "../../../engine/plan/undo/plan-undo.ts";
import type { FailContext, RunOptions } from "../../../engine/run/options.ts";
import { runPlan } from "../../../engine/run/run.ts";
import { runUndo } from "../../../engine/run/undo.ts";
import type { Host } from "../../../engine/target/host.ts";
import { RunbookError } from "../../../errors/runbook-error.ts";
import type { Runbook } from "../../../language/model/runbook.ts";
import { type Library, loadRunbooks } from "../../../library/library.ts";
import { askGuards, askProofs, probeProofs } from "../findings/findings.ts";
import { FailDesk, failedStep } from "./fail-desk.ts";
import type { Job, Message, Reply } from "./job.ts";

const interrupt = { first: new AbortController(), second: new AbortController() };
const signals: RunOptions["interrupt"] = {
  first: interrupt.first.signal,
  second: interrupt.second.signal,
  reason: "SIGTERM",
};
let answered: (() => void) | undefined;
/** At a step that failed: hands out the state that a shell there needs. */
let desk: FailDesk | undefined;

/** A stage's process: it is told one job, does it on the clean host, and says what happened. */
export async function stageProcess(): Promise<number> {
  process.on("SIGTERM", () => (signals.first.aborted ? interrupt.second : interrupt.first).abort());
  // A terminal's Ctrl-C goes to the whole group; whoever started the stage passes it on.
  process.on("SIGINT", () => {});
  // The starting process is gone: no one would remove the host while this process still works on it.
  process.on("disconnect", () => {
    interrupt.first.abort();
    interrupt.second.abort();
  });
  const job = await new Promise<Job>((resolve) => {
    process.on("message", (reply: Reply) => {
      if (reply.type === "go") answered?.();
      else if (reply.type === "request") void desk?.answer(reply.request).then(say);
      else resolve(reply.job);
    });
  });
  await say(await work(job).catch(stopped));
  return 0;
}

/** Sends a message; resolves when it is on its way. */
async function say(message: Message): Promise<void> {
  await new Promise((resolve) => process.send?.(message, undefined, undefined, resolve));
}

function stopped(error: unknown): Message {
  if (error instanceof RunbookError) {
    return { type: "stopped", code: error.code, message: error.message, ...(error.hint && { hint: error.hint }) };
  }
  return {
    type: "stopped",
    code: "fault",
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

async function work(job: Job): Promise<Message> {
  const library = await loadRunbooks(job.contentDir, job.runbook);
  const runbook = findRunbook(library, job.runbook);
  const host: Host = { ...job.host, local: false, close: async () => {} };
  const journal = Journal.open(job.stateDir);
  try {
    if (job.task === "undo") return await undo(job, library, runbook, journal, host);
    const plan = await makePlan({
      library,
      id: runbook.id,
      given: new Map(Object.entries(job.values)),
      env: job.secrets,
      selection: { only: [], skip: [] },
    });
    if (job.task === "exec") {
      const result = await runPlan(plan, optionsOf(job, journal, host));
      return {
        type: "done",
        outcome: result.exitCode === 0 ? "passed" : "failed",
        values: result.values,
        findings: [],
      };
    }
    return await inspect(job, plan, journal, host);
  } finally {
    journal.close();
  }
}

async function inspect(job: Job, plan: Plan, journal: Journal, host: Host): Promise<Message> {
  const ask = job.task === "prove" ? askProofs : job.task === "probe" ? probeProofs : askGuards;
  const findings = await ask(plan, { host, journal, interrupt: signals, required: job.task === "wake" });
  const failed = job.task === "prove" && findings.some(({ state }) => state === "fails" || state === "broken");
  return { type: "done", outcome: failed ? "failed" : "passed", values: {}, findings };
}

async function undo(job: Job, library: Library, runbook: Runbook, journal: Journal, host: Host): Promise<Message> {
  const target = { id: runbook.id, given: new Map(Object.entries(job.values)), env: job.secrets };
  try {
    const plan = await planUndo({ journal, library, target, host: host.name, far: false });
    const { exitCode, values } = await runUndo(plan, optionsOf(job, journal, host));
    return { type: "done", outcome: exitCode === 0 ? "passed" : "failed", values, findings: [] };
  } catch (error) {
    if (!(error instanceof RunbookError) || error.code !== "nothing-to-undo") throw error;
    return { type: "done", outcome: "nothing", values: {}, findings: [] };
  }
}

function findRunbook(library: Library, idOrPage: string): Runbook {
  const runbook =
    library.runbooks.get(idOrPage) ??
    [...library.runbooks.values()].find(({ file }) => resolve(file) === resolve(idOrPage));
  if (runbook) return runbook;
  throw new RunbookError("unknown-runbook", `There is no runbook "${idOrPage}".`);
}

function optionsOf(job: Job, journal: Journal, host: Host): RunOptions {
  return {
    journal,
    host,
    interrupt: signals,
    listen: (event) => void say({ type: "event", event }),
    // A clean host is there to be changed, so whatever would be asked is answered with yes.
    yes: !job.askEach,
    each: job.askEach,
    ...(job.stopAtFailure && {
      onFail: async (context: FailContext) => {
        desk = new FailDesk(context);
        await new Promise<void>((resolve) => {
          answered = resolve;
          void say({ type: "failed", step: failedStep(context) });
        });
        desk = undefined;
      },
    }),
    ask: async ({ text }) => {
      await new Promise<void>((resolve) => {
        answered = resolve;
        void say({ type: "ask", step: /[a-z0-9-]+\/[a-z0-9-]+/.exec(text)?.[0] ?? "" });
      });
      return true;
    },
  };
}
