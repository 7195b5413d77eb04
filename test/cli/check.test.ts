import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { run } from "./run.ts";

test("check of a folder reads the pages below it, each with its own diagnostics", () => {
  const content = mkdtempSync(join(tmpdir(), "runbook-check-"));
  onTestFinished(() => rmSync(content, { recursive: true, force: true }));
  mkdirSync(join(content, "a/deep"), { recursive: true });
  writeFileSync(join(content, "a/one.md"), "---\ntitle: One\n---\n\nText.\n");
  writeFileSync(join(content, "a/deep/two.md"), '---\ntitle: Two\n---\n\n```sh step="x"\ntrue\n```\n');
  writeFileSync(join(content, "three.md"), '---\ntitle: Three\n---\n\n```sh step="y"\ntrue\n```\n');
  const below = run(["check", join(content, "a"), "--content", content]);
  expect(below.exitCode).toBe(2);
  expect(below.stdout).toContain("two.md:5:");
  expect(below.stdout).not.toContain("three.md");
  expect(below.stdout).toMatch(/in 2 pages/);
});
