import type { ProofError } from "../../evidence/events.ts";
import { xmlTag, xmlText } from "./xml.ts";

/** A test case of JUnit's format: its attributes and the elements in it. */
export interface Case {
  attributes: Readonly<Record<string, string | number | undefined>>;
  state: "passed" | "failed" | "skipped";
  body: readonly string[];
}

/** A test suite: its attributes but for the counts, and its cases. */
export interface Suite {
  name: string;
  cases: readonly Case[];
  durationMs: number;
  /** ISO 8601, UTC. */
  started: string;
  hostname: string;
  id: string;
  file: string | undefined;
}

/** The lines of a suite; none where it has no cases. */
export function suiteLines({ name, cases, durationMs, started, hostname, id, file }: Suite): string[] {
  if (cases.length === 0) return [];
  const count = (state: Case["state"]): number => cases.filter((one) => one.state === state).length;
  const tag = xmlTag("testsuite", {
    name,
    tests: cases.length,
    failures: count("failed"),
    errors: 0,
    skipped: count("skipped"),
    time: seconds(durationMs),
    timestamp: started.replace(/\.\d+Z$|Z$/, ""),
    hostname,
    id,
    file,
  });
  return [`  <${tag}>`, ...cases.flatMap(caseLines), "  </testsuite>"];
}

function caseLines({ attributes, body }: Case): string[] {
  const tag = xmlTag("testcase", attributes);
  return body.length === 0 ? [`    <${tag}/>`] : [`    <${tag}>`, ...body, "    </testcase>"];
}

/** What went wrong, as JUnit's element for it: the place, the message and the way out. */
export function failureElement({ code, message, hint, file, line, column }: ProofError): string {
  const words = [`${file}:${line}:${column}: ${message}`, ...(hint ? [hint] : [])].join("\n");
  return `      <${xmlTag("failure", { type: code, message })}>${xmlText(words)}</failure>`;
}

/** Why a case was not tried. */
export function skippedElement(message: string): string {
  return `      <${xmlTag("skipped", { message })}/>`;
}

/** Milliseconds as JUnit has times. */
export function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
