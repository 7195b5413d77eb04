import { expect, test } from "vitest";
import type { RunEvent } from "../../src/engine/events.ts";
import { PlainReport } from "../../src/report/plain/plain.ts";
import type { ReportView } from "../../src/report/report.ts";
import { BAD_RUN, GOOD_RUN, stepFinished, stepStarted } from "./events.ts";
import { reportView } from "./view.ts";

function shown(events: readonly RunEvent[], more: Partial<ReportView> = {}): string {
  let text = "";
  const report = new PlainReport(
    reportView((piece) => {
      text += piece;
    }, more),
  );
  for (const event of events) report.listen(event);
  return text;
}

test("a run that passes is a line a step", () => {
  expect(shown(GOOD_RUN)).toMatchInlineSnapshot(`
    "[1/4] skipped   lxc-host/packages  (already done)  12 ms
    [2/4] passed    lxc-new/create  6.1 s
    [3/4] passed    lxc-new/resolver on container  40 ms
    [4/4] skipped   lxc-new/key  (does not apply: no key of yours is there)  3 ms
    passed: 2 passed, 2 skipped in 33 s
    Enter it: lxc-attach
    "
  `);
});

test("a failing step shows its place and its output", () => {
  expect(shown(BAD_RUN)).toMatchInlineSnapshot(`
    "[1/4] failed    lxc-new/create  6.1 s

    error[command-failed] \`lxc-create\` ended with 127: command not found.
      --> content/lxc/new.md:6:1
      4 |
      5 | \`\`\`sh step="create"
      6 | lxc-create --name "$CONTAINER"   # ausführlich: 容器
        | ^
      7 | \`\`\`
      8 |
      the end of stderr:
      | bash: lxc-create: command not found
      = Install the package that has it, or run \`./runbook doctor lxc-new\`.
    [2/4] cancelled lxc-new/start
    failed: 1 failed, 1 cancelled in 33 s
    Go on: ./runbook resume 20261124-2100-k3f9
    "
  `);
});

test("quietly, only what went wrong", () => {
  expect(shown(GOOD_RUN, { quiet: true })).toBe("");
  expect(shown(BAD_RUN, { quiet: true })).toContain("content/lxc/new.md:6:1");
});

test("with all output, it comes as it came, without control characters", () => {
  const text = shown(BAD_RUN, { verbose: true });
  expect(text).toContain("first things first\nbash: lxc-create: command not found\n");
  expect(text).not.toContain("\u001b");
});

test("output that differs is a warning with its place", () => {
  const warning = {
    code: "output-differs" as const,
    message: "Line 1 is not as expected.",
    file: "content/lxc/new.md",
    line: 9,
    column: 1,
  };
  const events = [stepStarted("create"), stepFinished("create", "passed", { warnings: [warning] })];
  expect(shown(events)).toContain("warning[output-differs] Line 1 is not as expected.\n  --> content/lxc/new.md:9:1");
});
