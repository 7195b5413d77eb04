import { describe, expect, test } from "vitest";
import { compareEvidence, type Evidence, worstState } from "../../src/evidence/index.ts";
import type { Runbook } from "../../src/language/model/runbook.ts";
import { readPage } from "../../src/language/read/read-page.ts";
import { evidenceOf } from "./support/evidence.ts";

const text = `---
runbook: { id: new }
---

Prose.

\`\`\`sh step="one"
one
\`\`\`

\`\`\`sh step="two"
two
\`\`\`

\`\`\`sh step="three"
three
\`\`\`
`;

async function orderOf(page: string): Promise<Runbook[]> {
  const { runbook } = await readPage(page, { file: "new.md" });
  return runbook ? [runbook] : [];
}

const before = await orderOf(text);
const proved = evidenceOf(before);

/** The state of the whole and of its steps, for a page as it is now. */
async function states(evidence: Evidence, page = text): Promise<string[]> {
  const { state, steps } = compareEvidence(await orderOf(page), evidence);
  return [state, ...steps.map((step) => step.state)];
}

/** Evidence with its second step told otherwise. */
function withSecond(change: Partial<Evidence["steps"][number]>): Evidence {
  return { ...proved, steps: proved.steps.map((step, index) => (index === 1 ? { ...step, ...change } : step)) };
}

const failure = { date: proved.date, commit: proved.commit, stage: "run", message: "no" } as const;
const [, second, third] = proved.steps;

describe("a step and the whole", () => {
  test("are proved as they were seen, whatever the prose says", async () => {
    expect(await states(proved, text.replace("Prose", "Other words"))).toEqual([
      "proved",
      "proved",
      "proved",
      "proved",
    ]);
  });

  test("a changed step takes those after it along", async () => {
    const page = text.replace("\ntwo\n", "\ntwo and more\n");
    expect(await states(proved, page)).toEqual(["changed", "proved", "changed", "changed"]);
  });

  test("a new step is not proved, and the whole changed", async () => {
    const page = `${text}\n\`\`\`sh step="four"\nfour\n\`\`\`\n`;
    expect(await states(proved, page)).toEqual(["changed", "proved", "proved", "proved", "not-proved"]);
  });

  test("a step that is gone leaves the whole changed", async () => {
    const page = text.replace('```sh step="three"\nthree\n```\n', "");
    expect(await states(proved, page)).toEqual(["changed", "proved", "proved"]);
  });

  test("a step that its guard skipped at once is not proved", async () => {
    const evidence = withSecond({ outcome: "skipped", reason: "guard" });
    expect(await states(evidence)).toEqual(["partly", "proved", "skipped", "proved"]);
  });

  test("a step that does not apply owes no proof", async () => {
    const evidence = withSecond({ outcome: "skipped", reason: "when" });
    expect(await states(evidence)).toEqual(["proved", "proved", "inapplicable", "proved"]);
  });

  test("a failure counts at its step", async () => {
    const lastFailure = { ...failure, step: "two", hash: second?.hash ?? "" };
    expect(await states({ ...proved, lastFailure })).toEqual(["failed", "proved", "failed", "proved"]);
  });

  test("a failure of what the page no longer says does not count", async () => {
    const lastFailure = { ...failure, step: "two", hash: `sha256-${"0".repeat(64)}` };
    expect(await states({ ...proved, lastFailure })).toEqual(["proved", "proved", "proved", "proved"]);
  });

  test("a failure of the whole counts while nothing changed", async () => {
    const lastFailure = { ...failure, step: null, hash: third?.hash ?? "" };
    expect(await states({ ...proved, lastFailure })).toEqual(["failed", "proved", "proved", "proved"]);
    const page = text.replace("\nthree\n", "\nthree and more\n");
    expect((await states({ ...proved, lastFailure }, page))[0]).toBe("changed");
  });

  test.each([
    ["failed", { again: "failed" }],
    ["failed", { undo: "failed" }],
    ["failed", { residue: [{ kind: "file", name: "/etc/x", change: "added", keeps: null }] }],
    ["proved", { residue: [{ kind: "file", name: "/etc/x", change: "added", keeps: "a cache" }] }],
    ["partly", { restart: "skipped" }],
  ] as const)("the whole is %s with %j", async (state, change) => {
    expect((await states({ ...proved, ...(change as Partial<Evidence>) }))[0]).toBe(state);
  });

  test("what was not reached is not proved", async () => {
    expect(await states(withSecond({ outcome: "cancelled" }))).toEqual(["partly", "proved", "not-proved", "proved"]);
  });
});

test("the date is that of the proof, or of the failure since", () => {
  const lastFailure = { ...failure, date: "2026-12-01T00:00:00Z", step: "two", hash: second?.hash ?? "" };
  const { date, steps } = compareEvidence(before, { ...proved, lastFailure });
  expect([date, ...steps.map((step) => step.date)]).toEqual([
    lastFailure.date,
    proved.date,
    lastFailure.date,
    proved.date,
  ]);
  expect(compareEvidence(before, proved).date).toBe(proved.date);
});

test("of several platforms the one that says least counts", () => {
  expect(worstState(["proved", "changed"])).toBe("changed");
  expect(worstState(["proved", "partly", "failed"])).toBe("failed");
  expect(worstState(["proved"])).toBe("proved");
  expect(worstState([])).toBe("not-proved");
});
