import { expect, test } from "vitest";
import type { RunEvent } from "../../src/engine/events.ts";
import { GithubReport } from "../../src/report/github/github.ts";
import { BAD_RUN, ERROR, output, runFinished, runStarted, stepFinished, stepStarted } from "./events.ts";
import { reportView } from "./view.ts";
import { commands } from "./workflow-commands.ts";

function written(events: readonly RunEvent[], more: { verbose?: boolean; cwd?: string } = {}) {
  let log = "";
  let summary = "";
  const report = new GithubReport({
    ...reportView((text) => {
      log += text;
    }, more),
    cwd: "/checkout",
    workspace: "/checkout",
    ...more,
    writeSummary: (text) => {
      summary += text;
    },
  });
  for (const event of events) report.listen(event);
  report.close();
  return { log, summary };
}

test("a failure is an annotation on the page's own line", () => {
  expect(commands(written(BAD_RUN).log)).toEqual([
    "::error file=content/lxc/new.md,line=6,col=1,title=lxc-new/create%3A command-failed::" +
      "`lxc-create` ended with 127: command not found.%0AInstall the package that has it, or run `./runbook doctor lxc-new`.",
  ]);
});

test("output that differs is a warning", () => {
  const warning = { ...ERROR, code: "output-differs" as const, message: "Line 1 differs.", line: 9 };
  const events = [runStarted(), stepStarted("create"), stepFinished("create", "passed", { warnings: [warning] })];
  expect(commands(written(events).log)[0]).toMatch(/^::warning file=content\/lxc\/new\.md,line=9,/);
});

test("paths are the checkout's, from wherever the runner was started", () => {
  const events = [runStarted(), stepFinished("create", "failed", { error: { ...ERROR, file: "../lxc/new.md" } })];
  expect(commands(written(events, { cwd: "/checkout/content/docs" }).log)[0]).toContain("file=content/lxc/new.md,");
});

test.each([
  "::error::forged",
  "::add-mask::x",
  "##[error]forged",
  "::stop-commands::x",
  "a\r::set-output name=x::y",
  "\u001b]0;t\u0007::error::x",
])("what a step prints forges no command: %j", (text) => {
  const error = { ...ERROR, message: text, hint: `${text}\n${text}` };
  const events = [
    runStarted(),
    stepStarted("create"),
    output("create", `${text}\n`),
    output("create", `${text}\n`, "stderr"),
    stepFinished("create", "failed", { error, detail: text }),
    runFinished("failed", 1, { failed: 1 }),
  ];
  const { log } = written(events, { verbose: true });
  expect(commands(log).every((line) => line.startsWith("::error file=content/lxc/new.md,line=6,col=1,"))).toBe(true);
  expect(commands(log)).toHaveLength(1);
});

test("the summary has a table and folded transcripts", () => {
  const { summary } = written(BAD_RUN);
  expect(summary).toContain("### lxc-new on localhost: failed: 1 failed, 1 cancelled in 33 s");
  expect(summary).toContain("| ✗ failed | lxc-new/create | content/lxc/new.md&#58;5 | 6.1 s |");
  expect(summary).toContain("<details open><summary>lxc-new/create</summary><pre>first things first\n");
});

test("what a page prints is no markup of the summary", () => {
  const evil = "</pre></details>\n\n# Forged\n\n[x](javascript:1) | <img src=x> | `code` | @team | ![](http://x)\n";
  const error = { ...ERROR, message: evil };
  const events = [
    runStarted(),
    stepStarted("create"),
    output("create", evil),
    stepFinished("create", "failed", { error }),
  ];
  const { summary } = written(events);
  expect(summary).not.toMatch(/^# Forged/m);
  expect(summary).not.toMatch(/<img|\]\(|@team|`code`/);
  expect(summary.match(/<\/details>/g)).toHaveLength(1);
});

test("a summary that would be too long for GitHub says so", () => {
  const long = "x".repeat(15_000);
  const steps = Array.from({ length: 100 }, (_, index) => [
    stepStarted(`s${index}`),
    output(`s${index}`, `${long}\n`),
    stepFinished(`s${index}`, "passed"),
  ]).flat();
  const { summary } = written([runStarted(), ...steps]);
  expect(summary.length).toBeLessThan(1_000_000);
  expect(summary).toContain("The rest does not fit into a summary.");
});
