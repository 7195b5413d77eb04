import { appendFileSync, closeSync, openSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { RunbookError } from "../../errors/runbook-error.ts";
import { makeReport, REPORT_FORMATS, type ReportFormat, type Surroundings } from "../../report/formats.ts";
import type { Report, ReportEvent, ReportView } from "../../report/report.ts";
import { printable } from "../../terminal/clean.ts";
import { styleFor, unstyled } from "../../terminal/style.ts";
import { didYouMean } from "../../words/nearest.ts";
import type { Context, Io } from "../context.ts";

/** A report that was asked for. */
export interface ReportSpec {
  format: ReportFormat;
  /** Absent: it is shown in place of what would be shown. */
  file?: string;
}

/** Takes `--report FORMAT[=FILE]` apart. */
export function parseReports(texts: readonly string[]): ReportSpec[] {
  const specs = texts.map((text) => {
    const [, name = "", file] = /^([^=]*)(?:=([\s\S]+))?$/.exec(text) ?? [];
    const format = REPORT_FORMATS.find((known) => known === name);
    if (!format) {
      throw new RunbookError("unknown-report", `There is no report "${name}".`, {
        hint: didYouMean(name, REPORT_FORMATS, `There are ${REPORT_FORMATS.join(", ")}.`) ?? "",
      });
    }
    return file === undefined ? { format } : { format, file };
  });
  if (specs.filter((spec) => spec.file === undefined).length > 1) {
    throw new RunbookError("two-reports", "Only one report can be shown.", {
      hint: "Give the others a file: --report ndjson=FILE.",
    });
  }
  return specs;
}

/** Whether people see the run on a terminal, so that its plan and remarks belong there too. */
export function onTerminal({ stdout, env }: Io): boolean {
  return Boolean(stdout.isTTY) && env["TERM"] !== "dumb";
}

/** What the reports of a command need to know. */
export interface ReportsView extends Pick<ReportView, "readPage" | "goOn" | "total" | "undoing"> {
  /** They go on in their files. */
  append?: boolean;
  /** Makes the report for people, where that is another than a run's; `shown` says whether it is the one that is seen. */
  text?: (view: ReportView, shown: boolean) => Report;
}

/** Makes the reports of a run or a proof, as one report that passes everything on to each. */
export async function makeReports(
  context: Context,
  specs: readonly ReportSpec[],
  { append = false, text, ...view }: ReportsView,
): Promise<Required<Report>> {
  const { io, quiet, verbose } = context;
  const whole = { ...view, quiet, verbose };
  const surroundings = surroundingsOf(io);
  const forPeople = (shown: boolean): Pick<Surroundings, "text"> => (text ? { text: (own) => text(own, shown) } : {});
  const shown = specs.find((spec) => spec.file === undefined)?.format ?? (onTerminal(io) ? "terminal" : "plain");
  const write = shown === "terminal" && !text ? io.raw.out : io.out;
  const style = styleFor(Boolean(io.stdout.isTTY), io.env);
  const seen = { ...surroundings, ...forPeople(shown !== "github") };
  const reports = [await makeReport(shown, { ...whole, write, style }, seen)];
  const closers: (() => void)[] = [];
  for (const { format, file } of specs) {
    if (file === undefined) continue;
    const { write, close } = openFile(resolve(io.cwd, file), io, append);
    closers.push(close);
    const written = format === "terminal" ? "plain" : format;
    const inFile = { ...whole, write, style: unstyled };
    reports.push(await makeReport(written, inFile, { ...surroundings, ...forPeople(false) }));
  }
  const each = (call: (report: Report) => void): void => {
    for (const report of reports) call(report);
  };
  const resized = (): void => each((report) => report.resized?.());
  io.stdout.on("resize", resized);
  return {
    listen: (event: ReportEvent) => each((report) => report.listen(event)),
    suspend: () => each((report) => report.suspend?.()),
    resume: () => each((report) => report.resume?.()),
    resized,
    close: () => {
      io.stdout.off("resize", resized);
      each((report) => report.close?.());
      for (const close of closers) close();
    },
  };
}

function surroundingsOf(io: Io): Surroundings {
  const summary = io.env["GITHUB_STEP_SUMMARY"];
  return {
    size: () => ({ columns: io.stdout.columns || 80, rows: io.stdout.rows || 24 }),
    ascii: !/utf-?8/i.test(io.env["LC_ALL"] || io.env["LC_CTYPE"] || io.env["LANG"] || ""),
    now: () => performance.now(),
    every: (milliseconds, call) => {
      const timer = setInterval(call, milliseconds);
      return () => clearInterval(timer);
    },
    cwd: io.cwd,
    workspace: io.env["GITHUB_WORKSPACE"] || io.cwd,
    ...(summary && { writeSummary: (text) => appendSummary(summary, text, io) }),
  };
}

function appendSummary(file: string, text: string, io: Io): void {
  try {
    appendFileSync(file, text);
  } catch (error) {
    io.lose("The job's summary", error);
  }
}

/** A report must not end a run, so a full disk is said once, and the run goes on; it does not exit with 0. */
function openFile(path: string, io: Io, append: boolean): { write: (text: string) => void; close: () => void } {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, append ? "a" : "w");
  } catch (error) {
    throw new RunbookError("report-unwritable", `The report can't be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const close = (): void => {
    if (descriptor === undefined) return;
    const open = descriptor;
    descriptor = undefined;
    try {
      closeSync(open);
    } catch (error) {
      // A file of another machine tells a full disk only now.
      io.lose("The end of the report", error);
    }
  };
  const write = (text: string): void => {
    try {
      if (descriptor !== undefined) writeAll(descriptor, printable(text, false));
    } catch (error) {
      close();
      io.lose("The rest of the report", error);
    }
  };
  return { write, close };
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length; ) offset += writeSync(descriptor, bytes, offset);
}
