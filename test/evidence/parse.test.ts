import { describe, expect, test } from "vitest";
import { parseEvidence } from "../../src/evidence/index.ts";
import { readPage } from "../../src/language/read/read-page.ts";
import { evidenceOf } from "./support/evidence.ts";

const page = '---\nrunbook: { id: new }\n---\n\n```sh step="one"\none\n```\n\n```sh step="two"\ntwo\n```\n';
const { runbook } = await readPage(page, { file: "content/a/new.md" });
const good = evidenceOf(runbook ? [runbook] : []);
const file = "content/a/evidence/new@lxc-debian-12-amd64.json";

test("what was written is read", () => {
  const kept = { kind: "package", name: "lxc", change: "added", keeps: "others may use it" } as const;
  const lastFailure = { date: good.date, commit: good.commit, stage: "again", step: null, hash: null, message: "x" };
  const all = { ...good, residue: [kept], lastFailure };
  expect(parseEvidence(JSON.stringify(all), file)).toEqual({ file, evidence: all, problems: [] });
});

describe("what is wrong is named with the file and the path in it", () => {
  type Change = (evidence: ReturnType<typeof JSON.parse>) => void;
  test.each<[path: string, message: string, Change]>([
    ["version", '1 is expected, not "1"', (it) => (it.version = "1")],
    ["durationMs", "a whole number is expected, not -1", (it) => (it.durationMs = -1)],
    ["date", 'a time such as 2026-11-24T21:00:00Z is expected, not "yesterday"', (it) => (it.date = "yesterday")],
    ["date", "there is no such time: 2026-13-24T21:00:00Z", (it) => (it.date = "2026-13-24T21:00:00Z")],
    ["commit", "is missing", (it) => delete it.commit],
    ["more", "is not known here", (it) => (it.more = 1)],
    ["host", "an object is expected, not a list", (it) => (it.host = [])],
    ["host.tools.bash", "text is expected, not null", (it) => (it.host.tools.bash = null)],
    ["steps", "a list is expected, not an object", (it) => (it.steps = {})],
    [
      "steps[1].hash",
      'a hash, sha256- and 64 hexadecimal digits, is expected, not "x"',
      (it) => (it.steps[1].hash = "x"),
    ],
    ["steps[0].outcome", '"passed" or "skipped"', (it) => (it.steps[0].outcome = "fine")],
    ["steps[0].reason", "a skipped step has one, and no other", (it) => (it.steps[0].outcome = "skipped")],
    ["steps[1].id", "the step one is there already", (it) => (it.steps[1].id = "one")],
    ["steps[0].phases[0].cut", "true or false is expected, not 0", (it) => (it.steps[0].phases[0].cut = 0)],
    ["undo", '"passed" or "failed" or "skipped" is expected', (it) => (it.undo = true)],
    [
      "residue[0].kind",
      '"package" or',
      (it) => (it.residue = [{ kind: "x", name: "y", change: "added", keeps: null }]),
    ],
    ["lastFailure", "an object is expected, not false", (it) => (it.lastFailure = false)],
  ])("%s: %s", (path, message, change) => {
    const evidence = structuredClone(good);
    change(evidence);
    const { problems, evidence: read } = parseEvidence(JSON.stringify(evidence), file);
    expect(read).toBeUndefined();
    expect(problems.map((problem) => problem.slice(0, `${file}: ${path}: ${message}`.length))).toContain(
      `${file}: ${path}: ${message}`,
    );
  });

  test("what is no JSON, and what lies under another name", () => {
    expect(parseEvidence("{", file).problems[0]).toMatch(/^content\/a\/evidence\/new@.*\.json: no JSON: /);
    expect(parseEvidence(JSON.stringify(good), "x/old@lxc-debian-12-amd64.json").problems).toEqual([
      "x/old@lxc-debian-12-amd64.json: what it says belongs in a file named new@lxc-debian-12-amd64.json",
    ]);
  });

  test("all of it at once", () => {
    expect(parseEvidence(JSON.stringify({ ...good, version: 2, again: 1, undo: 1 }), file).problems).toHaveLength(3);
  });
});
