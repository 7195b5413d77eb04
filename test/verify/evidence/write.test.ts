import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { Evidence } from "../../../src/evidence/schema.ts";
import { evidenceFile, noteFailure, readEvidence, writeEvidence } from "../../../src/verify/evidence/write.ts";

const root = mkdtempSync(join(tmpdir(), "runbook-evidence-"));
const file = evidenceFile(join(root, "page.md"), "demo", "lxc-debian-12-amd64");
const hash = `sha256-${"0".repeat(64)}`;

function evidence(output: string, date = "2026-11-24T21:00:00Z"): Evidence {
  const phases = [{ phase: "run" as const, exitCode: 0, durationMs: 10, output, cut: false }];
  return {
    version: 1,
    runbook: "demo",
    platform: "lxc-debian-12-amd64",
    date,
    commit: "0123456",
    durationMs: 100,
    host: { os: "Debian 12.11", kernel: "6.12", cgroup: 2, tools: { zsh: "1", apt: "2" } },
    values: { B: "2", A: "1" },
    steps: [{ id: "make", hash, outcome: "passed", durationMs: 10, exitCode: 0, phases }],
    again: "passed",
    restart: "passed",
    undo: "passed",
    residue: [],
    lastFailure: null,
  };
}

beforeEach(() => {
  rmSync(join(root, "evidence"), { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("what is written can be read, and stands in a fixed order", () => {
  writeEvidence(file, evidence("hello\n"));
  expect(readEvidence(file)).toEqual(evidence("hello\n"));
  const text = readFileSync(file, "utf8");
  expect(text.indexOf('"A"')).toBeLessThan(text.indexOf('"B"'));
  expect(text.indexOf('"apt"')).toBeLessThan(text.indexOf('"zsh"'));
  expect(readdirSync(join(root, "evidence"))).toEqual(["demo@lxc-debian-12-amd64.json"]);
});

test("a proof that saw the same changes dates alone", () => {
  writeEvidence(file, evidence("b 12 kB\na 1 s\n"));
  const before = readFileSync(file, "utf8").split("\n");
  writeEvidence(file, evidence("a 2 s\nb 99 kB\n", "2026-11-25T21:00:00Z"));
  const after = readFileSync(file, "utf8").split("\n");
  expect(after.filter((line, index) => line !== before[index])).toEqual(['  "date": "2026-11-25T21:00:00Z",']);
});

test("a proof that saw something else says so", () => {
  writeEvidence(file, evidence("a\n"));
  writeEvidence(file, evidence("b\n"));
  expect(readEvidence(file)?.steps[0]?.phases[0]?.output).toBe("b\n");
});

test("a failure is noted in the evidence that is there, and nowhere else", () => {
  const failure = {
    date: "2026-11-26T00:00:00Z",
    commit: "0123456",
    stage: "undo" as const,
    step: null,
    hash,
    message: "no",
  };
  expect(noteFailure(file, failure)).toBe(false);
  writeEvidence(file, evidence("a\n"));
  expect(noteFailure(file, failure)).toBe(true);
  expect(readEvidence(file)).toEqual({ ...evidence("a\n"), lastFailure: failure });
});
