import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareEvidence, type Evidence } from "../../../src/evidence/index.ts";
import { readPage } from "../../../src/language/read/read-page.ts";
import { proofMatrix } from "../../../src/site/proof/matrix.ts";
import { movedOn } from "../../../src/site/proof/moved-on.ts";
import { readPastProofs } from "../../../src/site/proof/past-proofs.ts";
import type { RunbookPage } from "../../../src/site/proof/runbook-page.ts";
import { scriptWords } from "../../../src/site/proof/states.ts";
import { size } from "../../../src/site/proof/transcript.ts";
import { trendOf } from "../../../src/site/proof/trend.ts";
import { evidenceOf } from "../../evidence/support/evidence.ts";

async function pageOf(id: string, evidence: (fresh: Evidence) => Evidence[]): Promise<RunbookPage> {
  const text = `---\ntitle: ${id}\nrunbook:\n  id: ${id}\n---\n\n\`\`\`sh step="a"\ntrue\n\`\`\`\n`;
  const { runbook } = await readPage(text, { file: `${id}.md` });
  if (!runbook) throw new Error("no runbook");
  const platforms = evidence(evidenceOf([runbook])).map((one) => compareEvidence([runbook], one));
  return { page: id, path: `/${id}/`, runbook, order: [runbook], proof: { state: "proved", platforms } };
}

const changed = (one: Evidence): Evidence => ({
  ...one,
  steps: one.steps.map((step) => ({ ...step, hash: `sha256-${"0".repeat(64)}` })),
});

test("the matrix has a column a platform, and apart from it what is proved nowhere", async () => {
  const pages = [
    await pageOf("one", (fresh) => [
      { ...fresh, platform: "lxc-debian-12-amd64", durationMs: 1000 },
      { ...fresh, platform: "lxc-debian-13-amd64", durationMs: 4000 },
    ]),
    await pageOf("two", (fresh) => [{ ...fresh, platform: "lxc-debian-13-amd64", durationMs: 2000 }]),
    await pageOf("three", () => []),
  ];
  const { platforms, rows, others } = proofMatrix(pages);
  expect(platforms).toEqual(["lxc-debian-12-amd64", "lxc-debian-13-amd64"]);
  expect(rows.map(({ cells }) => cells.map((cell) => cell?.share))).toEqual([
    [0.25, 1],
    [undefined, 0.5],
  ]);
  expect(others.map(({ runbook }) => runbook.id)).toEqual(["three"]);
});

test("a page has moved on where no platform's proof is of its text any more", async () => {
  const moved = await pageOf("one", (fresh) => [changed(fresh)]);
  expect(movedOn(moved.proof)).toMatchObject({ steps: ["a"], more: 0 });
  const partly = await pageOf("one", (fresh) => [changed(fresh), { ...fresh, platform: "qemu-debian-12-amd64" }]);
  expect(movedOn(partly.proof)).toBeUndefined();
  expect(movedOn({ state: "not-proved", platforms: [] })).toBeUndefined();
});

describe("a trend", () => {
  const proof = (durationMs: number, failed = false) => ({ date: "2026-11-24T21:00:00Z", durationMs, failed });

  test("needs two proofs, begins at zero and marks failures", () => {
    expect(trendOf([proof(1000)])).toBeUndefined();
    const trend = trendOf([proof(1000), proof(2000, true), proof(4000)]);
    expect(trend?.points.map(({ y, failed }) => [y, failed])).toEqual([
      [16.5, false],
      [12, true],
      [3, false],
    ]);
    expect(trend?.words).toBe("3 proofs since 2026-11-24: 1.0 s at first, 4.0 s at last; 1 with a failure after it");
  });
});

describe("past proofs", () => {
  const root = mkdtempSync(join(tmpdir(), "runbook-past-"));
  const folder = join(root, "content/lxc/evidence");
  const git = (...words: string[]): void => {
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...words], { cwd: root });
  };
  const commit = (evidence: Evidence): void => {
    writeFileSync(join(folder, `${evidence.runbook}@${evidence.platform}.json`), JSON.stringify(evidence));
    git("add", ".");
    git("commit", "--quiet", "--message", "x");
  };
  let fresh: Evidence;

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    git("init", "--quiet");
    const page = await pageOf("one", (one) => [one]);
    fresh = page.proof.platforms[0]?.evidence as Evidence;
    commit({ ...fresh, date: "2026-11-20T10:00:00Z", durationMs: 1000 });
    commit({ ...fresh, date: "2026-11-21T10:00:00Z", durationMs: 2000 });
    const lastFailure = {
      date: "2026-11-22T10:00:00Z",
      commit: "0123456",
      stage: "run",
      step: null,
      hash: null,
      message: "x",
    };
    commit({
      ...fresh,
      date: "2026-11-21T10:00:00Z",
      durationMs: 2000,
      lastFailure: lastFailure as Evidence["lastFailure"],
    });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("are those of git's history, the oldest first; a failure belongs to the proof before it", () => {
    const name = `one@${fresh.platform}.json`;
    expect(readPastProofs(root, "content").get(name)).toEqual([
      { date: "2026-11-20T10:00:00Z", durationMs: 1000, failed: false },
      { date: "2026-11-21T10:00:00Z", durationMs: 2000, failed: true },
    ]);
  });

  test("are none where there is no git", () => {
    expect(readPastProofs(tmpdir(), "content").size).toBe(0);
  });
});

test("sizes and scripts in words", () => {
  expect([size(120_000), size(9_100_000), size(1_500_000_000)]).toEqual(["120 kB", "9.1 MB", "1.5 GB"]);
  expect(scriptWords({ script: "passed", copied: "passed" })).toEqual(["as a script it led to the same end"]);
  expect(scriptWords({ script: "skipped", copied: "skipped" })).toEqual([]);
});
