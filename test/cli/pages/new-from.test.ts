import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { run } from "../run.ts";

const dir = mkdtempSync(join(tmpdir(), "runbook-from-"));

afterAll(() => rmSync(dir, { recursive: true, force: true }));

test("a page of a project's docs is tagged by the project's own rules, and found by its id", () => {
  mkdirSync(join(dir, "docs"));
  writeFileSync(join(dir, "runbook.config.yaml"), "content: docs\ndialect: mkdocs\n");
  const outside = "# Greet\n\n!!! note\n\n    ```sh\n    $ echo hello\n    hello\n    ```\n\n```sh\necho <name>\n```\n";
  writeFileSync(join(dir, "greet.md"), outside);
  const made = run(["new", "hello", "--from", "greet.md"], { cwd: dir });
  expect(made.stdout).toBe("docs/hello.md\n");
  expect(made.stderr).toContain(
    '1 fence is a step now:\n  docs/hello.md:10  step="greet"\nLeft as it is:\n  docs/hello.md:15  `<name>`',
  );
  expect(made.exitCode).toBe(0);
  expect(readFileSync(join(dir, "greet.md"), "utf8")).toBe(outside);
  expect(readFileSync(join(dir, "docs/hello.md"), "utf8")).toContain('    ```{.console step="greet"}\n');
  const shown = run(["show", "hello"], { cwd: join(dir, "docs") });
  expect([shown.stderr, shown.stdout]).toEqual(["", expect.stringContaining("echo hello")]);

  const again = run(["new", "hello", "--from", "greet.md"], { cwd: dir });
  expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining("error[page-exists]")]);
  const nothing = run(["new", "twice", "--from", "docs/hello.md"], { cwd: dir });
  expect([nothing.exitCode, nothing.stderr]).toEqual([2, expect.stringContaining("error[not-adoptable]")]);
  const plain = run(["check", "docs/hello.md", "--dialect", "markdown"], { cwd: dir });
  expect([plain.exitCode, plain.stdout]).toEqual([2, expect.stringContaining("--dialect mkdocs")]);
  writeFileSync(join(dir, "runbook.config.yaml"), "content: docs\ndialct: mkdocs\n");
  const wrong = run(["list"], { cwd: dir });
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining("runbook.config.yaml:2:1:")]);
});

test("steps of a page without title and heading are called as its file, or as the folder whose first page it is", () => {
  const work = mkdtempSync(join(tmpdir(), "runbook-from-"));
  onTestFinished(() => rmSync(work, { recursive: true, force: true }));
  mkdirSync(join(work, "docs/set-up"), { recursive: true });
  for (const page of ["docs/Quick start.md", "docs/set-up/_index.md"])
    writeFileSync(join(work, page), "```sh\necho hello\n```\n");
  const made = (name: string, from: string) =>
    run(["new", `./${name}.md`, "--from", from, "--content", "docs"], { cwd: work }).stderr;
  expect(made("one", "docs/Quick start.md")).toContain('step="quick-start"');
  expect(made("two", "docs/set-up/_index.md")).toContain('step="set-up"');
});
