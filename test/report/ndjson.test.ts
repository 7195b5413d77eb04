import { expect, test } from "vitest";
import { eventSchema } from "../../src/report/ndjson/event-schema.ts";
import { NdjsonReport } from "../../src/report/ndjson/ndjson.ts";
import type { ReportEvent } from "../../src/report/report.ts";
import { readData } from "../../src/schema/read-data.ts";
import { BAD_RUN, GOOD_RUN, stepFinished } from "./events.ts";
import { BAD_PROOF, GOOD_PROOF } from "./proof-events.ts";

function lines(events: readonly Parameters<NdjsonReport["listen"]>[0][]): string[] {
  const written: string[] = [];
  const report = new NdjsonReport((text) => written.push(text));
  for (const event of events) report.listen(event);
  return written;
}

test("is one object a line, in order", () => {
  const types = lines(GOOD_RUN).map((line) => {
    expect(line).toMatch(/^\{.*\}\n$/);
    return (JSON.parse(line) as { type: string }).type;
  });
  expect(types).toEqual(GOOD_RUN.map((event) => event.type));
});

test("gives each event the fields of the contract, and no others", () => {
  const keys = (type: string): string[][] =>
    lines([...GOOD_RUN, ...BAD_RUN])
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((event) => event["type"] === type)
      .map((event) => Object.keys(event).slice(3));
  expect(keys("run-started")[0]).toEqual(["runbooks", "host", "values"]);
  expect(keys("step-started")[0]).toEqual(["runbook", "step", "target", "file", "line"]);
  expect(keys("phase-finished")[0]).toEqual(["runbook", "step", "phase", "exitCode", "durationMs"]);
  expect(keys("output")[0]).toEqual(["runbook", "step", "phase", "stream", "text"]);
  expect(keys("run-finished")[0]).toEqual(["outcome", "exitCode", "counts", "durationMs"]);
  const finished = keys("step-finished");
  expect(finished[1]).toEqual(["runbook", "step", "target", "file", "line", "outcome", "exitCode", "durationMs"]);
  expect(finished[0]).toEqual([...(finished[1] ?? []), "reason"]);
  expect(finished).toContainEqual([...(finished[1] ?? []), "error"]);
});

test("each line is what its schema says", () => {
  for (const line of lines([...GOOD_RUN, ...BAD_RUN, ...GOOD_PROOF, ...BAD_PROOF])) {
    const event = JSON.parse(line) as ReportEvent;
    expect(readData(eventSchema(event.type), event)).toEqual({ data: event });
  }
});

test("keeps what is inside for itself", () => {
  expect(lines([stepFinished("a", "skipped", { reason: "when", detail: "no key" })])[0]).not.toContain("no key");
});

test("an exit code that there is none of is null", () => {
  expect(lines([stepFinished("a", "cancelled")])[0]).toContain('"exitCode":null');
});
