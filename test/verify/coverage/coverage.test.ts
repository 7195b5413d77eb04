import { expect, test } from "vitest";
import type { Evidence } from "../../../src/evidence/schema.ts";
import { stepHash } from "../../../src/language/meaning/hash.ts";
import type { Page } from "../../../src/language/model/page.ts";
import type { Runbook } from "../../../src/language/model/runbook.ts";
import { readPage } from "../../../src/language/read/read-page.ts";
import { badge, coverageBadge } from "../../../src/verify/coverage/badge.ts";
import { coverageOf, percent } from "../../../src/verify/coverage/coverage.ts";

const text = `---
title: Demo
runbook:
  id: demo
---

\`\`\`sh step="one"
# a comment
echo 1

echo 2
\`\`\`

\`\`\`sh step="two"
echo 3
\`\`\`

\`\`\`sh guard="one"
test -e /tmp/x
\`\`\`

\`\`\`sh norun="needs a licence"
esxcli vm list
\`\`\`

\`\`\`yaml
not: shell
\`\`\`
`;

function evidenceOf(runbook: Runbook, ids: string[]): Evidence {
  const steps = runbook.steps.map((step) => ({
    id: step.id,
    hash: ids.includes(step.id) ? stepHash([runbook], step) : `sha256-${"0".repeat(64)}`,
    outcome: "passed" as const,
    durationMs: 1,
    exitCode: 0,
    phases: [],
  }));
  return { runbook: "demo", platform: "lxc-debian-12-amd64", steps } as unknown as Evidence;
}

test("steps count where they are proved as they stand; checks are not what is proved", async () => {
  const page: Page = await readPage(text, { file: "demo.md" });
  const runbook = page.runbook as Runbook;
  const runbooks = new Map([["demo", runbook]]);
  const coverage = coverageOf([page], runbooks, [evidenceOf(runbook, ["one"])]);
  expect(coverage).toEqual({
    pages: [
      {
        file: "demo.md",
        runbook: "demo",
        shown: 4,
        proved: 2,
        platforms: { "lxc-debian-12-amd64": 2 },
        norun: [{ file: "demo.md", line: 22, lines: 1, reason: "needs a licence" }],
      },
    ],
    shown: 4,
    proved: 2,
    platforms: { "lxc-debian-12-amd64": 2 },
  });
  expect(percent(coverage)).toBe(50);
  expect(coverageOf([page], runbooks, []).proved).toBe(0);
});

test("nothing of a runbook counts whose whole proof failed since", async () => {
  const page: Page = await readPage(text, { file: "demo.md" });
  const runbook = page.runbook as Runbook;
  const fresh: Evidence = { ...evidenceOf(runbook, ["one", "two"]), residue: [], lastFailure: null };
  const proved = (one: Evidence): number => coverageOf([page], new Map([["demo", runbook]]), [one]).proved;
  expect(proved(fresh)).toBe(3);
  const failure = { date: "2026-11-25T01:00:00Z", commit: "0123456", message: "x", hash: null };
  expect(proved({ ...fresh, lastFailure: { ...failure, stage: "undo", step: null } })).toBe(0);
});

test("a hundred percent means all", () => {
  expect(percent({ shown: 1000, proved: 999 })).toBe(99);
  expect(percent({ shown: 0, proved: 0 })).toBe(0);
});

test("a badge is one picture, and text in it stays text", () => {
  expect(badge('a<b>&"', "1", "#000")).not.toMatch(/a<b>/);
  expect(coverageBadge(40)).toMatch(/aria-label="shell proved: 40 %"/);
});
