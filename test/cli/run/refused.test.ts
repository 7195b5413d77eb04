import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { type Ended, run as runCommand } from "../run.ts";
import { pages, scratch } from "../scratch.ts";

const { run, runId, at } = scratch();
let dir: string;
let folder: string;

beforeEach(() => {
  ({ dir, folder } = at());
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
    runCommand([...args, "--content", join(import.meta.dirname, "../fixtures/wrong")]);

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
    writeFileSync(page, readFileSync(join(import.meta.dirname, "../fixtures/wrong/wrong.md"), "utf8"), { mode: 0o640 });
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
