import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ProofEvent } from "../../src/evidence/events.ts";
import { GithubReport } from "../../src/report/github/github.ts";
import { JunitReport } from "../../src/report/junit/junit.ts";
import { NdjsonReport } from "../../src/report/ndjson/ndjson.ts";
import { ProofReport } from "../../src/report/proof/proof.ts";
import type { Report, ReportEvent } from "../../src/report/report.ts";
import { unstyled } from "../../src/terminal/style.ts";
import { output, runStarted, stepFinished, stepStarted } from "./events.ts";
import { BAD_PROOF, GOOD_PROOF, inProof, PROOF_ERROR, proofEvent, stage } from "./proof-events.ts";
import { reportView } from "./view.ts";
import { commands } from "./workflow-commands.ts";

/** All that a report writes when it is told these events. */
function written(events: readonly ReportEvent[], make: (write: (text: string) => void) => Report): string {
  let text = "";
  const report = make((more) => {
    text += more;
  });
  for (const event of events) report.listen(event);
  report.close?.();
  return text;
}

const junit = (events: readonly ReportEvent[]): string => {
  const text = written(events, (write) => new JunitReport(write));
  const schema = join(import.meta.dirname, "junit.xsd");
  execFileSync("xmllint", ["--noout", "--schema", schema, "-"], { input: text, stdio: ["pipe", "ignore", "pipe"] });
  return text;
};

const people = (events: readonly ReportEvent[]): string =>
  written(events, (write) => new ProofReport({ ...reportView(write), note: write, columns: 100 }));

function github(events: readonly ReportEvent[]): { log: string; summary: string } {
  let summary = "";
  const log = written(events, (write) => {
    const text = (view: ReturnType<typeof reportView>) =>
      new ProofReport({ ...view, note: view.write, columns: 100, style: unstyled });
    return new GithubReport({
      ...reportView(write, { verbose: true }),
      ...{ cwd: "/checkout", workspace: "/checkout", text },
      writeSummary: (more) => {
        summary += more;
      },
    });
  });
  return { log, summary };
}

describe("JUnit", () => {
  test("has a suite for a proof with a case a stage, and suites for the runs of its stages", () => {
    const text = junit(GOOD_PROOF);
    const cases = [...text.matchAll(/<testcase classname="([^"]*)" file="[^"]*" line="(\d+)" name="([^"]*)"/g)];
    expect(cases.map(([, ...words]) => words.join(" "))).toEqual([
      "lxc-debian-12-amd64.lxc-new 1 look",
      "lxc-debian-12-amd64.lxc-new 1 run",
      "lxc-debian-12-amd64.lxc-new 1 again",
      "lxc-debian-12-amd64.lxc-new.run 5 create",
      "lxc-debian-12-amd64.lxc-new.again 5 create",
    ]);
    expect(text).toContain("<system-out>Unpacking</system-out>");
    expect(text).not.toContain("<failure");
  });

  test("has a stage's failure with its line; a proof that nothing was done for says so", () => {
    const text = junit(BAD_PROOF);
    expect(text).toContain('line="6" name="undo" time="2.000"');
    expect(text).toContain(`>content/lxc/new.md:6:1: ${PROOF_ERROR.message.replaceAll('"', '"')}`);
    expect(text.match(/<failure /g)).toHaveLength(1);
    expect(text).toContain("<system-out>nothing has changed since 2026-11-23T10:00:00Z</system-out>");
  });

  test("skips what is blocked, and has an error where a proof broke off", () => {
    const error = { ...PROOF_ERROR, code: "blocked", message: "The host has no KVM." };
    const [start] = GOOD_PROOF;
    const blocked = junit([
      start as ProofEvent,
      proofEvent({ type: "proof-finished", outcome: "blocked", durationMs: 1, error }),
    ]);
    expect(blocked).toContain('<skipped message="blocked: The host has no KVM."/>');
    expect(junit(GOOD_PROOF.slice(0, 3))).toContain('<failure type="cancelled" message="broken off"/>');
  });
});

describe("GitHub", () => {
  test("has one annotation where a stage fails, at its line", () => {
    expect(commands(github(BAD_PROOF).log)).toEqual([
      "::error file=content/lxc/new.md,line=6,col=1,title=lxc-new on lxc-debian-12-amd64%3A undo::" +
        `${PROOF_ERROR.message}%0A${PROOF_ERROR.hint}`,
    ]);
    expect(commands(github(GOOD_PROOF).log)).toEqual([]);
  });

  test("has a table of the stages and one of the steps, and what they printed, folded", () => {
    const { summary } = github(BAD_PROOF);
    expect(summary).toContain("### lxc-new on lxc-debian-12-amd64: failed in 33 s");
    expect(summary).toContain("| ✗ failed | undo | content/lxc/new.md&#58;6 | 2.0 s |");
    expect(summary).toContain("<details><summary>lxc-new/create</summary><pre>Unpacking</pre></details>");
    expect(summary).toContain("### lxc-host on lxc-debian-12-amd64: proved on 2026-11-23; nothing has changed since");
  });

  test.each([
    "::error::forged",
    "##[error]forged",
    "a ##[save-state name=x]y",
    "::stop-commands::x",
    "a\r::set-output name=x::y",
    "</pre></details>\n\n# Forged\n\n[x](javascript:1) | <img src=x> | @team",
  ])("nothing that a page prints, names or is given forges anything: %j", (text) => {
    const error = { ...PROOF_ERROR, message: text, hint: text };
    const step = { ...PROOF_ERROR, code: "command-failed" as const, message: text };
    const values = { NAME: text };
    const events = [
      proofEvent({ type: "proof-started" }),
      proofEvent({ type: "stage-started", stage: "run", detail: text, values }),
      ...[
        runStarted(values),
        stepStarted("create"),
        output("create", `${text}\n`),
        stepFinished("create", "failed", { error: step, detail: text }),
      ].map((event) => inProof(event, "run")),
      proofEvent({ type: "stage-finished", stage: "run", values, outcome: "failed", durationMs: 1, error }),
      proofEvent({ type: "proof-finished", outcome: "failed", durationMs: 1, error }),
    ];
    const { log, summary } = github(events);
    expect(commands(log)).toHaveLength(1);
    expect(commands(log)[0]).toMatch(/^::error file=content\/lxc\/new\.md,line=6,col=1,/);
    expect(summary).not.toMatch(/^# Forged/m);
    expect(summary).not.toMatch(/<img|\]\(|@team/);
    expect(summary.match(/<\/details>/g)).toHaveLength(1);
    expect(junit(events).match(/<testcase /g)).toHaveLength(2);
    expect(people(events)).not.toMatch(/[\r\u001b]/);
  });
});

describe("for people", () => {
  test("says what goes on and what each proof came to, with the page's lines", () => {
    const text = people(BAD_PROOF);
    expect(text).toContain("lxc-new: undo\n");
    expect(text).toContain("failed   lxc-new on lxc-debian-12-amd64 (33 s)\nerror[undo] After undo");
    expect(text).toContain('6 | lxc-create --name "$CONTAINER"');
    expect(text).toContain("proved   lxc-host on lxc-debian-12-amd64 (nothing has changed since 2026-11-23)\n");
    expect(text.endsWith("1 proved, 1 failed, 0 blocked\n")).toBe(true);
  });

  test("names steps that are not proved", () => {
    expect(people(GOOD_PROOF)).toContain('  not proved: "key", which its guard skipped at once\n');
  });
});

test("ndjson gives a run's events the proof and stage that they are of", () => {
  const lines = written(GOOD_PROOF, (write) => new NdjsonReport(write))
    .trim()
    .split("\n");
  const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events.map(({ type }) => type)).toEqual(GOOD_PROOF.map(({ type }) => type));
  expect(events.find(({ type }) => type === "step-finished")?.["proof"]).toEqual({
    run: "20261124-2100-prf2",
    stage: "run",
  });
  expect(Object.keys(events.find(({ type }) => type === "stage-finished") ?? {}).slice(3)).toEqual([
    ...["runbook", "platform", "file", "line", "stage", "values", "outcome", "durationMs"],
  ]);
});

test("runs that come by turns keep their own steps", () => {
  const turns = [
    ...stage("run", []),
    inProof(runStarted(), "run", "one"),
    inProof(runStarted(), "run", "two"),
    inProof(stepStarted("a"), "run", "one"),
    inProof(stepStarted("b"), "run", "two"),
    inProof(output("a", "of a\n"), "run", "one"),
    inProof(output("b", "of b\n"), "run", "two"),
    inProof(stepFinished("b", "passed"), "run", "two"),
    inProof(stepFinished("a", "passed"), "run", "one"),
  ];
  const text = junit([proofEvent({ type: "proof-started" }), ...turns]);
  expect(text).toMatch(/name="a" [^>]*>\s*<system-out>of a</);
  expect(text).toMatch(/name="b" [^>]*>\s*<system-out>of b</);
});
