import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { RunEvent } from "../../../src/engine/events.ts";
import { eventSchema } from "../../../src/report/ndjson/event-schema.ts";
import { readData } from "../../../src/schema/read-data.ts";
import { type Ended, run as runCommand } from "../run.ts";
import { pages, scratch } from "../scratch.ts";

const { run, runId, at } = scratch();
let dir: string;
let folder: string;
let count: number;

beforeEach(() => {
  ({ dir, folder, count } = at());
});

describe("a run that goes well", () => {
  test("is done, skipped the second time, and taken away", () => {
    const first = run(["exec", "run-good", `DIR=${dir}`]);
    expect(first.stderr).toBe("");
    expect(first.exitCode).toBe(0);
    expect(
      first.stdout
        .replaceAll(/\d[\d.]* m?s\b/g, "T")
        .replaceAll(dir, "DIR")
        .replace(/STATE_DIR=\S+/, "STATE_DIR=STATE")
        .replace(runId(first), "RUN"),
    ).toBe(
      [
        "[1/5] passed    run-good/make  T",
        "[2/5] passed    run-good/wait  T",
        "[3/5] passed    run-good/inside on inner  T",
        "[4/5] skipped   run-good/never  (does not apply: there is no need)  T",
        "[5/5] passed    run-good/conf  T",
        "passed: 4 passed, 1 skipped in T",
        "Enter inner:   env INNER=computed bash",
        `Take it away:  RUNBOOK_STATE_DIR=STATE ./runbook undo RUN --content ${pages}`,
        "",
      ]
        .join("\n")
        .replace("INNER=computed", 'INNER="computed"'),
    );
    const second = run(["exec", "run-good", `DIR=${dir}`]);
    expect(second.exitCode).toBe(0);
    expect(second.stdout).toContain("passed: 5 skipped in");
    expect(second.stdout).not.toContain("undo");

    expect(run(["status", "run-good", `DIR=${dir}`]).exitCode).toBe(0);
    const undo = run(["undo", runId(first), "--yes"]);
    expect(undo.exitCode).toBe(0);
    expect(existsSync(dir)).toBe(false);
    expect(run(["status", "run-good", `DIR=${dir}`]).exitCode).toBe(1);
  });

  test("is undone by its id and values, too, after a yes only", () => {
    run(["exec", "run-good", `DIR=${dir}`]);
    const refused = run(["undo", "run-good", `DIR=${dir}`]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("--yes");
    expect(existsSync(dir)).toBe(true);
    expect(run(["undo", "run-good", `DIR=${dir}`, "--yes"]).exitCode).toBe(0);
    expect(existsSync(dir)).toBe(false);
  });

  test("by a page's path is told to the journal, and undone", () => {
    const page = join(pages, "run-good.md");
    const args = (command: string, ...more: string[]) =>
      runCommand([command, ...more], { env: { RUNBOOK_STATE_DIR: join(folder, `state-${count}`) } });
    const done = args("exec", page, `DIR=${dir}`);
    expect(done.exitCode).toBe(0);
    expect(args("undo", runId(done), "--yes").exitCode).toBe(0);
    expect(existsSync(dir)).toBe(false);
  });

  test("is told as ndjson, in place of the lines or to a file", () => {
    const { stdout } = run(["exec", "run-good", `DIR=${dir}`, "--report", "ndjson"]);
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as RunEvent);
    expect([events[0]?.type, events.at(-1)?.type]).toEqual(["run-started", "run-finished"]);
    for (const event of events) expect(readData(eventSchema(event.type), event)).toEqual({ data: event });
    const file = join(folder, "run.ndjson");
    const both = run(["exec", "run-good", `DIR=${dir}`, "--report", `ndjson=${file}`]);
    expect(both.stdout).toContain("[1/5] skipped");
    expect(readFileSync(file, "utf8")).toMatch(/^\{"type":"run-started"/);
  });

  test("takes values from a file, which the command line overrules", () => {
    const file = join(folder, "values");
    writeFileSync(file, `DIR=/nonexistent/place\nWHO='some one'\n`);
    const { exitCode } = run(["exec", "run-good", "--values", file, `DIR=${dir}`]);
    expect(exitCode).toBe(0);
    expect(readFileSync(join(dir, "conf"), "utf8")).toBe("who = some one\n");
  });

  test("only in part, where that is asked for", () => {
    const { stdout } = run(["exec", "run-good", `DIR=${dir}`, "--until", "wait", "--skip", "wait"]);
    expect(stdout).toContain("passed    run-good/make");
    expect(stdout).toContain("run-good/wait  (left out)");
    expect(existsSync(join(dir, "waited"))).toBe(false);
  });

  test("dry, changes nothing and says what would be", () => {
    const { stdout, exitCode } = run(["exec", "run-good", `DIR=${dir}`, "--dry-run"]);
    expect(exitCode).toBe(0);
    expect(existsSync(dir)).toBe(false);
    expect(stdout).toMatch(/^A dry run: nothing is run but `when`, guards and defaults/);
    expect(stdout).toContain("not done: would run");
    expect(stdout).toContain(`mkdir -p "${dir}"`);
    expect(stdout).toContain("+ who = computed");
    expect(existsSync(join(folder, `state-${count}`, "journal.db"))).toBe(false);
  });
});

describe("a run that fails", () => {
  test("says where and why, and how to go on; its log has the output", () => {
    const failed = run(["exec", "run-bad", "--yes"]);
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toContain("  --> test/cli/fixtures/pages/run-bad.md:17:5\n");
    expect(failed.stdout).toContain("  | before the end\n");
    expect(failed.stdout).toContain(`./runbook resume ${runId(failed)} --yes --content ${pages}\n`);
    expect(failed.stdout).not.toContain("\u001b");

    const log = run(["log", runId(failed).slice(0, 15)]);
    expect(log.stdout).toContain("passed run-bad/first");
    expect(log.stdout).toContain("  | out\n");
    expect(log.stdout).toContain("failed run-bad/second");
    expect(run(["runs"]).stdout).toContain("failed");

    // What the step left is in doubt, so it isn't simply run again.
    expect(run(["resume"])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--yes") });
    const again = run(["resume", runId(failed), "--yes"]);
    expect(again.exitCode).toBe(1);
    expect(again.stdout).toContain("[1/3]");
  });

  test("goes on where it is told to", () => {
    const { stdout, exitCode } = run(["exec", "run-bad", "--yes", "--keep-going"]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("passed    run-bad/third");
  });

  test("never asks without a terminal", () => {
    const { stderr, stdout, exitCode } = run(["exec", "run-bad", "HOW=well"]);
    expect(`${stdout}${stderr}`).toContain("--yes");
    expect(exitCode).not.toBe(0);
    expect(exitCode).not.toBe(null);
  });
});

describe("going on after a change", () => {
  const content = (): string => join(folder, "changing");
  const page = (): string => join(content(), "run-bad.md");
  const env = (): NodeJS.ProcessEnv => ({ RUNBOOK_STATE_DIR: join(folder, `state-${count}`) });
  const onPage = (...args: string[]): Ended => runCommand([...args, "--content", content()], { env: env() });

  function failOnPage(): Ended {
    cpSync(pages, content(), { recursive: true });
    return onPage("exec", "run-bad", "--yes");
  }

  test("of prose is no matter", () => {
    const failed = failOnPage();
    writeFileSync(page(), readFileSync(page(), "utf8").replace("---\n\n", "---\n\nMore words.\n\n"));
    expect(onPage("resume", runId(failed), "--yes").exitCode).toBe(1);
  });

  test("of a step is refused, with the line that goes on", () => {
    const failed = failOnPage();
    writeFileSync(page(), readFileSync(page(), "utf8").replace("    false ;;", "    true ;;"));
    const { stderr, exitCode } = onPage("resume", runId(failed), "--yes");
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`Since ${runId(failed)} began, run-bad/second changed (`);
    expect(stderr).toContain(`run-bad.md:13:1), and 1 more.`);
    expect(stderr).toContain(`./runbook exec run-bad --yes --content ${content()}\n`);
  });
});
