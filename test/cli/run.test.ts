import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Ended, run as runCommand } from "./run.ts";

const pages = join(import.meta.dirname, "fixtures/pages");
let folder: string;
let dir: string;
let count = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "runbook-run-"));
});

beforeEach(() => {
  count += 1;
  dir = join(folder, `work-${count}`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: string[], env: NodeJS.ProcessEnv = {}): Ended {
  return runCommand([...args, "--content", pages], {
    env: { RUNBOOK_STATE_DIR: join(folder, `state-${count}`), ...env },
  });
}

function runId({ stdout }: Ended): string {
  return /\d{8}-\d{4}-\w{4}/.exec(stdout)?.[0] ?? "";
}

describe("a run that goes well", () => {
  test("is done, skipped the second time, and taken away", () => {
    const first = run(["exec", "run-good", `DIR=${dir}`]);
    expect(first.stderr).toBe("");
    expect(first.exitCode).toBe(0);
    expect(
      first.stdout
        .replaceAll(/\d[\d.]* m?s\b/g, "T")
        .replaceAll(dir, "DIR")
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
        `Take it away:  ./runbook undo RUN --content ${pages}`,
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
    const types = stdout
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect([types[0], types.at(-1)]).toEqual(["run-started", "run-finished"]);
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
    expect(failed.stdout).toContain(`Go on:         ./runbook resume ${runId(failed)} --content ${pages}\n`);
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

describe("values", () => {
  test.each([
    [["exec", "run-secret", "TOKEN=sesame-open", "NAME=x"], "secret-given"],
    [["exec", "run-secret", "NAME=x"], "missing-value"],
    [["exec", "run-secret", "NAME=X"], "bad-value"],
    [["exec", "run-secret", "NMAE=x"], 'Did you mean "NAME"?'],
    [["exec", "run-secrte"], 'Did you mean "run-secret"?'],
    [["exec", "run-good", "DIR=/x", "--only", "mkae"], "unknown-step"],
    [["exec", "./nothing.md"], "unknown-page"],
    [["show", "run-secret", "NAME=1"], "bad-value"],
    [["exec", "run-good", "--values", "/nonexistent"], "bad-values-file"],
    [["exec", "run-good", "--report", "junit"], "not there yet"],
    [["exec", "run-good", "DIR=/x", "--report", "tap"], "unknown-report"],
    [["exec", "run-good", "DIR=/x", "--report", "ndjson=/nonexistent/x"], "report-unwritable"],
    [["exec", "run-good", "DIR=/x", "--shell"], "no-terminal"],
    [["log", "20010101-0000-aaaa"], "unknown-run"],
    [["undo", "run-godo"], 'Did you mean "run-good"?'],
    [["resume"], "nothing-to-resume"],
  ])("%j is refused", (args, words) => {
    const { stdout, stderr, exitCode } = run(args);
    expect(stderr).toContain(words);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  test("that are secret come from the environment and are seen nowhere", () => {
    const { stdout, exitCode } = run(["exec", "run-secret", "NAME=x", "--verbose"], { TOKEN: "sesame-open" });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("the token is ***");
    expect(run(["log", runId(run(["runs"]))]).stdout).not.toContain("sesame");
  });
});

describe("wrong pages", () => {
  const wrong = (args: string[]): Ended =>
    runCommand([...args, "--content", join(import.meta.dirname, "fixtures/wrong")]);

  test("are not run, and shown with the place", () => {
    const { stderr, exitCode } = wrong(["exec", "wrong"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error[unquoted-value]");
    expect(stderr).toContain("--> test/cli/fixtures/wrong/wrong.md:7:12");
  });

  test("fail the check, in lines or as JSON", () => {
    expect(wrong(["check"])).toMatchObject({ exitCode: 2, stdout: expect.stringContaining("in 1 page") });
    const { stdout } = wrong(["check", "--json"]);
    expect((JSON.parse(stdout) as { code: string }[]).map(({ code }) => code)).toContain("prompt");
  });

  test("are mended where that is safe", () => {
    const page = join(folder, "mend.md");
    writeFileSync(page, readFileSync(join(import.meta.dirname, "fixtures/wrong/wrong.md"), "utf8"), { mode: 0o640 });
    const { stdout, exitCode } = runCommand(["check", page, "--fix"]);
    expect(stdout).toContain(`mended ${page}`);
    expect(exitCode).toBe(0);
    expect(readFileSync(page, "utf8")).toContain('```sh step="a"\necho hello\n');
    expect(statSync(page).mode & 0o777).toBe(0o640);
  });
});

describe("a new page", () => {
  test("passes the check, runs, and is undone", () => {
    const page = join(folder, "My first, page.md");
    const env = { RUNBOOK_STATE_DIR: join(folder, "state-new") };
    expect(runCommand(["new", page]).exitCode).toBe(0);
    expect(runCommand(["check", page, "--strict"]).exitCode).toBe(0);
    const done = runCommand(["exec", page, `FOLDER=${dir}`], { env });
    expect(done.exitCode).toBe(0);
    expect(readFileSync(join(dir, "note"), "utf8")).toBe(`This note lies in ${dir}.\n`);
    expect(runCommand(["undo", runId(done), "--yes"], { env }).exitCode).toBe(0);
    expect(existsSync(dir)).toBe(false);
  });

  test("never takes another one's place", () => {
    const page = join(folder, "there.md");
    writeFileSync(page, "mine");
    expect(runCommand(["new", page])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("page-exists") });
    expect(readFileSync(page, "utf8")).toBe("mine");
  });
});

test.skipIf(process.getuid?.() !== 0)("without root, the line to use is told", () => {
  const page = join(folder, "rooted.md");
  const text = readFileSync(join(pages, "run-secret.md"), "utf8").replace("  params:", "  needs: [root]\n  params:");
  writeFileSync(page, text);
  chmodSync(folder, 0o755);
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const blocked = (PATH: string): Ended =>
    runCommand(["exec", page, "NAME=x", "--quiet"], { env: { TOKEN: "sesame-open", PATH }, user: 65534 });
  expect(blocked("/bin:/usr/bin")).toMatchObject({ exitCode: 3, stdout: "" });
  writeFileSync(join(bin, "sudo"), "", { mode: 0o755 });
  const line = `./runbook exec ${page} NAME=x --quiet`;
  expect(blocked(`${bin}:/bin:/usr/bin`).stderr).toContain(`Run it as root: sudo --preserve-env=TOKEN ${line}\n`);
});
