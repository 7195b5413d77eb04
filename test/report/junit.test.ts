import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "../../src/engine/events.ts";
import { JunitReport } from "../../src/report/junit/junit.ts";
import { BAD_RUN, ERROR, GOOD_RUN, output, phaseFinished, runStarted, stepFinished, stepStarted } from "./events.ts";

function written(events: readonly RunEvent[]): string {
  let text = "";
  const report = new JunitReport((more) => {
    text += more;
  });
  for (const event of events) report.listen(event);
  report.close();
  return text;
}

/** Throws what xmllint says of a report that breaks the schema, or is no XML at all. */
function validate(text: string): void {
  const schema = join(import.meta.dirname, "junit.xsd");
  execFileSync("xmllint", ["--noout", "--schema", schema, "-"], { input: text, stdio: ["pipe", "ignore", "pipe"] });
}

/** The attributes of each element of a name, in order. */
function elements(text: string, name: string): Record<string, string>[] {
  return [...text.matchAll(new RegExp(`<${name}((?: [a-z]+="[^"]*")*)/?>`, "g"))].map(([, attributes = ""]) =>
    Object.fromEntries(
      [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
    ),
  );
}

test("a suite a runbook, a case a step, with file and line", () => {
  const text = written(GOOD_RUN);
  validate(text);
  const [host, own] = elements(text, "testsuite");
  expect(host).toMatchObject({ name: "lxc-host", tests: "1", failures: "0", errors: "0", skipped: "1" });
  expect(own).toMatchObject({ name: "lxc-new", file: "content/lxc/new.md", timestamp: "2026-11-24T21:00:00" });
  const cases = elements(text, "testcase").filter(({ classname }) => classname === "lxc-new");
  expect(cases.map(({ name, file, line }) => [name, file, line])).toEqual([
    ["create", "content/lxc/new.md", "5"],
    ["resolver", "content/lxc/new.md", "5"],
    ["key", "content/lxc/new.md", "5"],
  ]);
});

test("a case for each phase beside the step's own commands", () => {
  const text = written([
    runStarted(),
    stepStarted("create"),
    phaseFinished("create", "guard", 1),
    phaseFinished("create", "run"),
    phaseFinished("create", "proof"),
    stepFinished("create", "passed"),
  ]);
  validate(text);
  expect(elements(text, "testcase").map(({ name }) => name)).toEqual(["create", "create: guard", "create: proof"]);
  expect(elements(text, "testsuite")[0]).toMatchObject({ failures: "0" });
});

test("a failure has its place, the way out and what was printed; steps that were not reached are skipped", () => {
  const text = written(BAD_RUN);
  validate(text);
  expect(elements(text, "testsuite")[0]).toMatchObject({ tests: "2", failures: "1", skipped: "1" });
  expect(elements(text, "failure")).toEqual([{ type: "command-failed", message: ERROR.message }]);
  expect(text).toContain(`>content/lxc/new.md:6:1: ${ERROR.message}\n${ERROR.hint}</failure>`);
  expect(text).toContain("<system-out>first things first</system-out>");
  expect(text).toContain("<system-err>bash: lxc-create: command not found</system-err>");
  expect(elements(text, "skipped")).toEqual([{ message: "not reached" }]);
});

test("a proof that does not hold fails in a case of its own, too", () => {
  const error = { ...ERROR, code: "proof-failed" as const };
  const text = written([
    runStarted(),
    stepStarted("create"),
    phaseFinished("create", "run"),
    phaseFinished("create", "proof", 1),
    stepFinished("create", "failed", { error }),
  ]);
  validate(text);
  expect(elements(text, "testsuite")[0]).toMatchObject({ tests: "2", failures: "2" });
});

test("whatever a page prints stays text", () => {
  const forged = 'a]]></system-out></testcase><testcase name="forged"/>';
  const evil = `${forged}\u0000\u0007\ufffe\ud800 & "q" \u001b[31mred\u001b[0m`;
  const text = written([
    runStarted(),
    stepStarted("create"),
    output("create", `${evil}\n`),
    stepFinished("create", "failed", { error: { ...ERROR, message: evil, hint: "</failure>\n<x>" } }),
  ]);
  validate(text);
  expect(elements(text, "testcase")).toHaveLength(1);
  expect(text).toContain(`<system-out>${forged.replaceAll("<", "&lt;").replaceAll(">", "&gt;")}`);
});

test("a run that never began is an empty report", () => {
  expect(written([])).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n</testsuites>\n');
  validate(written([]));
});
