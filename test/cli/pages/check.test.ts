import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readPage } from "../../../src/language/read/read-page.ts";
import { evidenceOf } from "../../evidence/support/evidence.ts";
import { run } from "../run.ts";

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

test("check puts diagnostics on the pages' own lines for GitHub, and a page forges none", () => {
  const content = mkdtempSync(join(tmpdir(), "runbook-check-"));
  onTestFinished(() => rmSync(content, { recursive: true, force: true }));
  writeFileSync(
    join(content, "one.md"),
    '---\ntitle: One\n---\n\n```sh step="x"\n::error::forged\n```\n\n##[error]forged\n',
  );
  const { stdout, exitCode } = run(["check", "--report", "github", "--content", content], {
    env: { GITHUB_WORKSPACE: content },
  });
  expect(exitCode).toBe(2);
  const token = /^::stop-commands::(.+)$/m.exec(stdout)?.[1] ?? "";
  const [, after = ""] = stdout.split(`::${token}::\n`);
  const commands = after.split("\n").filter((line) => /^\s*::|##\[/.test(line));
  expect(commands.length).toBeGreaterThan(0);
  for (const line of commands) expect(line).toMatch(/^::(error|warning) file=one\.md,line=\d+,/);
  expect(run(["check", "--report", "junit", "--content", content]).stderr).toContain("unknown-report");
});

test("check tells of evidence that a page has outgrown, of the page that is asked about and of all", async () => {
  const content = mkdtempSync(join(tmpdir(), "runbook-check-"));
  onTestFinished(() => rmSync(content, { recursive: true, force: true }));
  const pageOf = (id: string) =>
    `---\ntitle: T\nrunbook: { id: ${id} }\n---\n\n\`\`\`sh step="x" sets="X"\nX=1\n\`\`\`\n`;
  mkdirSync(join(content, "evidence"));
  for (const id of ["one", "two"]) {
    const { runbook } = await readPage(pageOf(id), { file: "x.md" });
    const evidence = evidenceOf(runbook ? [runbook] : []);
    writeFileSync(join(content, "evidence", `${id}@${evidence.platform}.json`), JSON.stringify(evidence));
    writeFileSync(join(content, `${id}.md`), pageOf(id));
  }
  expect(run(["check", "--strict", "--content", content]).exitCode).toBe(0);
  writeFileSync(join(content, "one.md"), pageOf("one").replace("X=1", "X=2"));
  const all = run(["check", "--content", content]);
  expect(all.stdout).toContain("warning[stale-evidence]");
  expect(all.exitCode).toBe(0);
  expect(run(["check", join(content, "one.md"), "--strict", "--content", content]).exitCode).toBe(2);
  expect(run(["check", join(content, "two.md"), "--strict", "--content", content]).exitCode).toBe(0);
});
