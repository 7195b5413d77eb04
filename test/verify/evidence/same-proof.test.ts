import { expect, test } from "vitest";
import type { Evidence } from "../../../src/evidence/index.ts";
import { type Runbook, readPage } from "../../../src/language/index.ts";
import { saysTheSame } from "../../../src/verify/evidence/same-proof.ts";
import { evidenceOf } from "../../evidence/support/evidence.ts";

const { runbook } = await readPage('---\nrunbook: { id: host }\n---\n\n```sh step="up"\nup\n```\n', {
  file: "host.md",
});
const known = evidenceOf([runbook as Runbook]);
const failure = { ...known, stage: "run", step: null, hash: null, message: "m" } as const;

test.each<[string, Partial<Evidence>, boolean]>([
  ["nothing else", {}, true],
  ["another day and commit", { date: "2026-11-25T21:00:00Z", commit: "0123456" }, true],
  ["other steps", { steps: [] }, false],
  ["a step that means something else", { steps: known.steps.map((step) => ({ ...step, hash: "sha256-0" })) }, false],
  ["a restart that took its work away", { restart: "rerun" }, false],
  ["no restart", { restart: "skipped" }, false],
  ["a script that was tried", { script: "passed" }, false],
  ["a copied text that was tried", { copied: "passed" }, false],
  ["a failure since", { lastFailure: failure }, false],
])("evidence with %s", (_, other, same) => {
  expect(saysTheSame({ ...known, ...other }, known)).toBe(same);
});

test("no evidence says nothing", () => {
  expect(saysTheSame(undefined, known)).toBe(false);
});
