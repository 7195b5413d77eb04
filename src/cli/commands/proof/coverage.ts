import { writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { readEvidenceFiles } from "../../../evidence/files.ts";
import { loadLibrary } from "../../../library/library.ts";
import { clean } from "../../../terminal/clean.ts";
import { table } from "../../../terminal/table.ts";
import { coverageBadge } from "../../../verify/coverage/badge.ts";
import { type Coverage, coverageOf, percent } from "../../../verify/coverage/coverage.ts";
import { type Context, flagValue, printJson } from "../../context.ts";

/** Says how much of the shell that the pages show is proved. */
export async function run(context: Context): Promise<number> {
  const { io, contentDir, json } = context;
  const { pages, runbooks } = await loadLibrary(contentDir);
  const evidence = readEvidenceFiles(contentDir).flatMap((read) => read.evidence ?? []);
  const coverage = coverageOf(pages, runbooks, evidence);
  const file = flagValue(context, "badge");
  if (file !== undefined) writeBadge(resolve(io.cwd, file), percent(coverage));
  if (json) printJson(io, { ...coverage, percent: percent(coverage) });
  else if (!context.quiet) io.out(`${coverageLines(coverage, contentDir).join("\n")}\n`);
  return 0;
}

function coverageLines(coverage: Coverage, contentDir: string): string[] {
  const name = (file: string): string => relative(contentDir, file);
  const { pages, shown, proved, platforms } = coverage;
  const rows = pages.map((page) => {
    const where = Object.entries(page.platforms).map(([platform, lines]) => `${lines} on ${platform}`);
    return [name(page.file), `${page.proved} of ${page.shown}`, `${percent(page)} %`, where.join(", ")];
  });
  const reasons = pages.flatMap(({ norun }) => norun);
  const never = reasons.reduce((total, { lines }) => total + lines, 0);
  return [
    "Lines of shell that the pages show, and of them those that are proved as they stand now:",
    "",
    ...table(rows),
    "",
    ...(reasons.length > 0
      ? [
          "Never run:",
          ...reasons.map(({ file, line, lines, reason }) => `  ${name(file)}:${line} (${lines}) ${clean(reason)}`),
          "",
        ]
      : []),
    ...Object.entries(platforms).map(([platform, lines]) => `${lines} lines on ${platform}`),
    ...(never > 0 ? [`${never} of ${shown} lines are never run: ${Math.ceil((100 * never) / shown)} %`] : []),
    `${proved} of ${shown} lines are proved: ${percent(coverage)} %`,
  ];
}

function writeBadge(file: string, value: number): void {
  try {
    writeFileSync(file, coverageBadge(value));
  } catch (error) {
    throw new RunbookError("report-unwritable", `The badge can't be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
