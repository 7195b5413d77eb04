import { readFileSync } from "node:fs";
import type { RunEvent } from "../../engine/events.ts";
import type { Journal } from "../../engine/journal/journal.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { RunOptions, RunResult } from "../../engine/run/options.ts";
import type { Ask } from "../../engine/step/ask-person.ts";
import { type Host, openHost } from "../../engine/target/host.ts";
import { RunbookError } from "../../errors/runbook-error.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import type { Report } from "../../report/report.ts";
import { styleFor } from "../../terminal/style.ts";
import { confirm } from "../ask/confirm.ts";
import { type Context, canAsk } from "../context.ts";
import { watchSignals } from "../signals.ts";
import type { NextLines } from "./next-lines.ts";
import { makeReports, parseReports } from "./reports.ts";
import { goingOn, rootLine } from "./resume-hint.ts";
import { openFailShell } from "./shell/fail-shell.ts";
import { ownTerminal } from "./shell/person-shell.ts";
import { Tracker } from "./tracker.ts";
import { sayWhoWritesPages, whoseFiles } from "./who-writes-pages.ts";

/** A run, or an undo, as the command line does it. */
export interface Performance {
  context: Context;
  journal: Journal;
  plan: Plan;
  /** Where ssh goes; undefined for this machine. */
  destination: string | undefined;
  kind: "exec" | "undo";
  /** The number of steps that the reports expect. */
  total: number;
  /** Texts of the pages, for the lines around a failure. */
  texts: ReadonlyMap<string, string>;
  /** The lines that people may type next. */
  lines: NextLines;
  /** Reports go on in the files that an earlier performance of this command began. */
  append?: boolean;
  /** Called once the run has a name, before it is in the journal. */
  named?: (run: string) => void;
  go: (options: RunOptions) => Promise<RunResult>;
}

/** Refuses flags that contradict each other, before anything is read or asked. */
export function checkFlags(context: Context): void {
  const { flags } = context;
  parseReports(flags.get("report") ?? []);
  if (flags.has("keep-going") && flags.has("undo-on-failure")) {
    throw new RunbookError("contradicting-flags", "`--keep-going` and `--undo-on-failure` contradict each other.", {
      hint: "Leave one of them out.",
    });
  }
  for (const name of ["shell", "step"]) refuseWithoutTerminal(context, name);
}

/** Refuses a flag that needs somebody at a terminal where there is none. */
export function refuseWithoutTerminal({ io, flags }: Context, name: string): void {
  if (!flags.has(name) || canAsk(io)) return;
  const message = `\`--${name}\` needs a terminal: stdin and stderr have to be one.`;
  throw new RunbookError("no-terminal", message, { hint: "Leave it out, or run it on a terminal." });
}

/** Does it with reports, questions and signals around; the number is what the process exits with. */
export async function perform(performance: Performance): Promise<number> {
  const { context, journal, plan, destination, kind, total, texts, lines, append = false, named, go } = performance;
  const { io, flags, stateDir } = context;
  if (kind === "exec") sayWhoWritesPages(context, whoseFiles(plan.steps.map(({ runbook }) => runbook.file)));
  const tracker = new Tracker();
  const reports = await makeReports(context, parseReports(flags.get("report") ?? []), {
    readPage: (file) => texts.get(file) ?? readText(file),
    goOn: goingOn({ plan, destination, tracker, kind, lines, journal }),
    total,
    undoing: kind === "undo",
    append,
  });
  const signals = watchSignals({
    exit: (code) => {
      // A run that ends at once gets no other closing line.
      if (!tracker.ended && tracker.run !== undefined) io.err(`Go on:         ${lines.goOn(tracker.run)}\n`);
      process.exit(code);
    },
    onFirst: () => {
      reports.suspend();
      io.err("Ending what runs; a second time ends at once.\n");
      reports.resume();
    },
  });
  const listen = (event: RunEvent): void => {
    tracker.listen(event);
    reports.listen(event);
  };
  let host: Host | undefined;
  try {
    const opened = await openHost(destination, stateDir, signals.interrupt.first);
    host = opened;
    const { exitCode } = await go({
      journal,
      host: opened,
      listen,
      ...(named && { named }),
      ask: makeAsk(context, reports, signals.interrupt.first),
      yes: flags.has("yes"),
      each: flags.has("step"),
      keepGoing: flags.has("keep-going"),
      interrupt: signals.interrupt,
      ...(flags.has("shell") && {
        onFail: async (failed) => {
          reports.suspend();
          signals.pause();
          await openFailShell(ownTerminal(io), failed, opened);
          signals.resume();
          reports.resume();
        },
      }),
    });
    return exitCode;
  } catch (error) {
    throw withRootLine(error, context, plan, destination);
  } finally {
    await host?.close();
    signals.stop();
    reports.close();
  }
}

function makeAsk(context: Context, reports: Required<Report>, signal: AbortSignal): Ask {
  const { io } = context;
  return async ({ text, hint }) => {
    reports.suspend();
    try {
      return await confirm(
        io,
        { text, hint: [hint, "`--yes` answers yes."].filter(Boolean).join(" ") },
        styleFor(Boolean(io.stderr.isTTY), io.env),
        signal,
      );
    } catch (error) {
      if (!(error instanceof RunbookError) || error.code !== "interrupted") throw error;
      // In raw mode Ctrl-C is a key: it means here what it means elsewhere.
      if (!signal.aborted) process.kill(process.pid, "SIGINT");
      await new Promise((resolve) => setImmediate(resolve));
      return false;
    } finally {
      reports.resume();
    }
  };
}

/** Where root is what a run lacks, the way out is a line to copy. */
function withRootLine(error: unknown, context: Context, plan: Plan, destination: string | undefined): unknown {
  if (!(error instanceof RunbookError) || error.code !== "blocked" || destination !== undefined) return error;
  const needsRoot = plan.runbooks.some(({ needs }) => needs.includes("root"));
  if (!needsRoot || process.getuid?.() === 0) return error;
  return new RunbookError(error.code, error.message, {
    hint: asRoot(context, plan.runbooks),
    cause: error,
  });
}

/** Refuses a run that needs root and has not got it, before anything is opened or asked. */
export function refuseWithoutRoot(context: Context, runbooks: readonly Runbook[]): void {
  const needsRoot = runbooks.some(({ needs }) => needs.includes("root"));
  if (!needsRoot || context.flags.has("host") || process.getuid?.() === 0) return;
  throw new RunbookError("blocked", `${runbooks.at(-1)?.id} needs root.`, {
    hint: asRoot(context, runbooks),
  });
}

function asRoot(context: Context, runbooks: readonly Runbook[]): string {
  const secrets = runbooks.flatMap(({ params }) => params.filter(({ secret }) => secret).map(({ name }) => name));
  return `Run it as root: ${rootLine(context, secrets)}`;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
