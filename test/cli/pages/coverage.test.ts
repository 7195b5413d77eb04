import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../run.ts";

test("coverage says what is never run, why, and how much that is", () => {
  const folder = mkdtempSync(join(tmpdir(), "coverage-"));
  try {
    const step = '```sh step="one"\necho 1\necho 2\n```\n\n';
    const norun = '```sh norun="needs a licence"\nesxcli vm process list\n```\n';
    writeFileSync(join(folder, "page.md"), `---\ntitle: T\nrunbook:\n  id: t\n---\n\n${step}${norun}`);
    const lines = run(["coverage", "--content", folder]).stdout.split("\n");
    expect(lines.slice(-6)).toEqual([
      "Never run:",
      "  page.md:12 (1) needs a licence",
      "",
      "1 of 3 lines are never run: 34 %",
      "0 of 3 lines are proved: 0 %",
      "",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
