import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The fields of Vitest's JSON report that are used here. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
  }[];
}

function read(file: string): Report | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** How many tests of a report passed, failed and were skipped; zeros where there is no report. */
export function readCounts(file: string): Counts {
  const report = read(file);
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests };
}

/** A line for each failed test of a report, and for each file that failed as a whole, with the start of the reason. */
export function readFailures(file: string): string[] {
  return (read(file)?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const at = relative(process.cwd(), name);
    const failed = assertionResults.filter((one) => one.status === "failed");
    const lines = failed.map((one) => `failed: ${at}: ${one.fullName}: ${startOf(one.failureMessages?.[0])}`);
    return status === "failed" && lines.length === 0 ? [`failed: ${at}: ${startOf(message)}`] : lines;
  });
}

const startOf = (message = ""): string => message.split("\n").slice(0, 2).join(" ").slice(0, 300);
