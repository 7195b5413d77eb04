import { unstyled } from "../terminal/style.ts";
import type { GithubView } from "./github/github.ts";
import type { Report, ReportView } from "./report.ts";
import type { TerminalView } from "./terminal/terminal.ts";

/** What all reports may need of the place where the command runs, and of the command. */
export type Surroundings = Omit<TerminalView, keyof ReportView> & Omit<GithubView, keyof ReportView>;

type MakeReport = (view: ReportView, surroundings: Surroundings) => Promise<Report>;

/** Makes a report of each format; a report's modules are loaded when it is asked for. A new report is added here. */
const MAKERS = {
  terminal: async (view, { text, size, ascii, now, every }) =>
    text?.(view) ?? new (await import("./terminal/terminal.ts")).TerminalReport({ ...view, size, ascii, now, every }),
  plain: async (view, { text }) => text?.(view) ?? new (await import("./plain/plain.ts")).PlainReport(view),
  ndjson: async ({ write }) => new (await import("./ndjson/ndjson.ts")).NdjsonReport(write),
  junit: async ({ write }) => new (await import("./junit/junit.ts")).JunitReport(write),
  github: async (view, surroundings) =>
    new (await import("./github/github.ts")).GithubReport({ ...view, ...surroundings, style: unstyled }),
} as const satisfies Record<string, MakeReport>;

/** The name of a report's format, as `--report` takes it. */
export type ReportFormat = keyof typeof MAKERS;

/** The formats, in the order in which help names them. */
export const REPORT_FORMATS = Object.keys(MAKERS) as ReportFormat[];

/** Makes a report of a format. */
export async function makeReport(format: ReportFormat, view: ReportView, surroundings: Surroundings): Promise<Report> {
  return await MAKERS[format](view, surroundings);
}
