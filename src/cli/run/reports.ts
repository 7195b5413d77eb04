import { appendFileSync, closeSync, openSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { RunbookError } from "../../errors/runbook-error.ts";
import { GithubReport } from "../../report/github.ts";
import { JunitReport } from "../../report/junit.ts";
import { NdjsonReport } from "../../report/ndjson.ts";
import { PlainReport } from "../../report/plain.ts";
import type { Report, ReportEvent, ReportView } from "../../report/report.ts";
import { TerminalReport } from "../../report/terminal.ts";
import { printable } from "../../terminal/clean.ts";
import { styleFor, unstyled } from "../../terminal/style.ts";
import { didYouMean } from "../../words/nearest.ts";
import type { Context, Io } from "../context.ts";

const FORMATS = ["terminal", "plain", "ndjson", "junit", "github"] as const;
type Format = (typeof FORMATS)[number];

/** A report that was asked for. */
export interface ReportSpec {
  format: Format;
  /** Absent: it is shown in place of what would be shown. */
  file?: string;
}

/** Takes `--report FORMAT[=FILE]` apart. */
export function parseReports(texts: readonly string[]): ReportSpec[] {
  const specs = texts.map((text) => {
    const [, name = "", file] = /^([^=]*)(?:=([\s\S]+))?$/.exec(text) ?? [];
    const format = FORMATS.find((known) => known === name);
    if (!format) {
      throw new RunbookError("unknown-report", `There is no report "${name}".`, {
        hint: didYouMean(name, FORMATS, `There are ${FORMATS.join(", ")}.`) ?? "",
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

/** Makes the reports of a run or a proof, all behind one. */
export function makeReports(
  context: Context,
  specs: readonly ReportSpec[],
  { append = false, text, ...view }: ReportsView,
): Required<Report> {
  const { io, quiet, verbose } = context;
  const whole = { ...view, quiet, verbose };
  const shown = specs.find((spec) => spec.file === undefined)?.format ?? (onTerminal(io) ? "terminal" : "plain");
  const reports = [
    makeReport(
      shown,
      {
        ...whole,
        write: shown === "terminal" && !text ? io.raw.out : io.out,
        style: styleFor(Boolean(io.stdout.isTTY), io.env),
      },
      io,
      text && ((own) => text(own, shown !== "github")),
    ),
  ];
  const closers: (() => void)[] = [];
  for (const { format, file } of specs) {
    if (file === undefined) continue;
    const { write, close } = openFile(resolve(io.cwd, file), io, append);
    closers.push(close);
    const inFile = { ...whole, write, style: unstyled };
    reports.push(makeReport(format === "terminal" ? "plain" : format, inFile, io, text && ((own) => text(own, false))));
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

function makeReport(format: Format, view: ReportView, io: Io, text?: (view: ReportView) => Report): Report {
  if (format === "ndjson") return new NdjsonReport(view.write);
  if (format === "junit") return new JunitReport(view.write);
  if (format === "github") {
    const summary = io.env["GITHUB_STEP_SUMMARY"];
    return new GithubReport({
      ...view,
      style: unstyled,
      cwd: io.cwd,
      workspace: io.env["GITHUB_WORKSPACE"] || io.cwd,
      ...(text && { text }),
      ...(summary && { writeSummary: (text) => appendSummary(summary, text, io) }),
    });
  }
  if (text) return text(view);
  if (format === "plain") return new PlainReport(view);
  return new TerminalReport({
    ...view,
    size: () => ({ columns: io.stdout.columns || 80, rows: io.stdout.rows || 24 }),
    ascii: !/utf-?8/i.test(io.env["LC_ALL"] || io.env["LC_CTYPE"] || io.env["LANG"] || ""),
    now: () => performance.now(),
    every: (milliseconds, call) => {
      const timer = setInterval(call, milliseconds);
      return () => clearInterval(timer);
    },
  });
}

function appendSummary(file: string, text: string, io: Io): void {
  try {
    appendFileSync(file, text);
  } catch (error) {
    io.err(`warning[report-unwritable] The job's summary is lost: ${(error as Error).message}\n`);
  }
}

/** A report must not end a run, so a full disk is told once and then borne. */
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
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  const write = (text: string): void => {
    try {
      if (descriptor !== undefined) writeAll(descriptor, printable(text, false));
    } catch (error) {
      close();
      io.err(`warning[report-unwritable] The rest of the report is lost: ${(error as Error).message}\n`);
    }
  };
  return { write, close };
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length; ) offset += writeSync(descriptor, bytes, offset);
}
