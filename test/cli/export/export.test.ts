import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../run.ts";

const pages = join(import.meta.dirname, "../fixtures/pages");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "runbook-export-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function exported(id: string, ...values: string[]): string {
  const { stdout, exitCode } = run(["export", id, "--content", pages, "--to", "sh", ...values]);
  expect(exitCode).toBe(0);
  const file = join(folder, `${id}.sh`);
  writeFileSync(file, stdout);
  return file;
}

function bash(file: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr, status } = spawnSync("bash", [file, ...args], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 30_000,
  });
  return { stdout, stderr, status };
}

describe("an exported script", () => {
  const dir = (): string => join(folder, "work");
  const read = (name: string): string => readFileSync(join(dir(), name), "utf8");

  test("does what the runbook does, with what it requires", () => {
    const script = exported("export-top", `DIR=${dir()}`);
    const { stdout, status } = bash(script, []);
    expect(stdout).toContain("[10/10] passed    export-top/meant\n");
    expect(status).toBe(0);
    expect(read("state")).toBe("ran\n");
    expect(read("text")).toBe('it\'s "$(reboot)" & \\ `x`\n');
    expect(read("words")).toBe("x y\n");
    expect(read("mask")).toBe("0027\n");
    expect(read("inside")).toBe("two  words \\ back|a\nb");
    expect(read("inside2")).toBe("kept");
    expect(read("tries")).toBe("x\nx\nx\n");
    expect(read("meant")).toBe("meant\n");
    expect(existsSync(join(dir(), "never")) || existsSync(join(dir(), "no"))).toBe(false);
  });

  test("fills files as data", () => {
    expect(read("etc/a.conf")).toBe(
      [
        `who = computed-${dir()}`,
        'text = it\'s "$(reboot)" & \\ `x`',
        "found = two  words \\ back",
        "other = $OTHER $ $$ ${DIR",
        "",
      ].join("\n"),
    );
    expect(statSync(join(dir(), "etc/a.conf")).mode & 0o777).toBe(0o600);
  });

  test("skips what is done, the second time", () => {
    const { stdout, status } = bash(join(folder, "export-top.sh"), []);
    expect(status).toBe(0);
    expect(stdout.match(/\] passed {4}\S+/g)).toEqual(["] passed    export-top/probe"]);
  });

  test.each([
    [["DIR=relative"], "error: DIR does not match ^(/[A-Za-z0-9/._-]+)$.\n"],
    [["KIND=c"], "error: KIND must be one of a b.\n"],
    [["WORDS=a bb"], "error: WORDS does not match ^([a-z])$.\n"],
    [["TEXT=a\nb"], "error: TEXT must be one line without control characters.\n"],
    [["NOPE=1"], "error: There is no value NOPE; --help lists them.\n"],
    [["KIND=a", "KIND=b"], "error: KIND was given twice.\n"],
    [["word"], 'error: "word" is no NAME=value; --help says more.\n'],
  ])("refuses %j", (args, message) => {
    expect(bash(join(folder, "export-top.sh"), args)).toEqual({ stdout: "", stderr: message, status: 2 });
  });

  test("explains itself", () => {
    const { stdout, status } = bash(join(folder, "export-top.sh"), ["--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain(`DIR=${dir()}  Where\n`);
  });
});

describe("an exported script in trouble", () => {
  let script: string;
  const env = { TOKEN: "sesame-open" };
  beforeAll(() => {
    script = exported("export-hard");
  });

  test.each([
    ["late", "export-hard/late: it took more than 1 s"],
    ["fails", "export-hard/late: it failed (exit code 1)"],
    ["function", "export-hard/late: it failed (exit code 7)"],
    ["pipe", "export-hard/late: it failed (exit code 1)"],
    ["unset", "export-hard/late: it failed"],
    ["exits", "export-hard/late: it failed (exit code 5)"],
    ["dies", "export-hard/late: it failed (exit code 137)"],
    ["syntax", "export-hard/late: it failed"],
    ["target", "export-hard/target: its target nowhere can't be entered"],
    ["broken", "export-hard/broken: its guard is broken (exit code 127)"],
    ["unproved", "export-hard/proved: its proof does not hold (exit code 1)"],
  ])("of the kind %s says which step it is", (how, message) => {
    const { stdout, stderr, status } = bash(script, [`HOW=${how}`, "--yes"], env);
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toContain("pages/export-hard.md:");
    expect(stdout).not.toContain("never");
    expect(status).toBe(1);
    if (how === "unproved") expect(stdout).toContain("because of unproved");
  });

  test("asks before what is dangerous, and never without a terminal", () => {
    const { stderr, status } = bash(script, ["HOW=well"], env);
    expect([stderr, status]).toEqual([
      "error: export-hard/asks: It burns the house down.\nerror:   There is no terminal to ask on: --yes answers beforehand.\n",
      2,
    ]);
  });

  test("takes secrets from the environment only", () => {
    expect(bash(script, ["HOW=well", "--yes"])).toMatchObject({
      status: 2,
      stderr: "error: TOKEN needs a value: it has no default.\n",
    });
    expect(bash(script, ["HOW=well", "TOKEN=sesame-open"], env)).toMatchObject({ status: 2 });
    expect(bash(script, ["HOW=well", "--yes"], { TOKEN: "short" })).toMatchObject({ status: 2 });
  });

  test("takes what has no value yet as it is written, in what a step shows as in undo", () => {
    const fences = [
      ['sh step="set" sets="WORD"', "echo '${WORD} $WORD'\nWORD='a b'", "${WORD} $WORD"],
      ['sh step="use" sets="NEXT"', 'echo "$WORD"\nNEXT=1', "$WORD"],
    ].map(
      ([info, text, shown]) =>
        `\`\`\`${info}\n${text}\n\`\`\`\n\n\`\`\`text output="${info?.split('"')[1]}"\n${shown}\n\`\`\`\n`,
    );
    const page = `---\ntitle: Later\nrunbook:\n  id: later\n---\n\n${fences.join("\n")}`;
    writeFileSync(join(folder, "later.md"), page);
    const script = join(folder, "later.sh");
    writeFileSync(script, run(["export", "later", "--content", folder, "--to", "sh"]).stdout);
    const state = { RUNBOOK_STATE_DIR: join(folder, "state"), XDG_STATE_HOME: join(folder, "state") };
    expect(bash(script, [], state)).toMatchObject({ status: 0, stderr: "" });
    expect(bash(script, ["undo"], state).stderr).not.toContain("unbound");
  });

  test("compares values with blanks at their ends, of several lines, and of no character at all as `exec` does", () => {
    const page = `---
title: Ends
runbook:
  id: ends
  params:
    NONE: { default: "" }
    WIDE: { default: " x " }
    ODD: { default: 'a\\E\\n[.]*\\' }
---

\`\`\`sh step="lines" sets="LINES_OF_IT"
LINES_OF_IT=$'a | b \\n\\nc'
\`\`\`

\`\`\`sh step="ends"
printf '%s\\n' "$WIDE" "x: $NONE" "$LINES_OF_IT" "$ODD" '\\n' "$NONE" "$NONE"
\`\`\`

\`\`\`text output="ends"
$WIDE
x: $NONE
$LINES_OF_IT
$ODD
\\n
$NONE
$NONE
\`\`\`
`;
    writeFileSync(join(folder, "ends.md"), page);
    const script = join(folder, "ends.sh");
    writeFileSync(script, run(["export", "ends", "--content", folder, "--to", "sh"]).stdout);
    expect(bash(script, [])).toMatchObject({ status: 0, stderr: "" });
    expect(bash(script, ["WIDE=  ", "ODD= "])).toMatchObject({ status: 0, stderr: "" });
  });

  test("compares no output and an empty value as well as any other", () => {
    const script = exported("export-silent");
    const { stderr, status } = bash(script, []);
    expect(status).toBe(0);
    expect(stderr.match(/export-silent\/\w+: the output is not/g)).toEqual(["export-silent/other: the output is not"]);
    expect(bash(script, ["NOTE=bad"]).status).toBe(2);
  });

  test("leaves nothing running behind", () => {
    expect(bash(script, ["HOW=well", "--yes"], env).status).toBe(0);
    expect(() => execFileSync("pgrep", ["-f", "^sleep 303\\.25$"])).toThrow();
  });
});

test("as data, a runbook is what its page says", () => {
  const { stdout } = run(["export", "export-top", "--content", pages, "--to", "json", "DIR=/x"]);
  const data = JSON.parse(stdout) as { id: string; runbooks: { id: string; steps: { id: string; shown: string }[] }[] };
  expect(data.runbooks.map(({ id }) => id)).toEqual(["export-base", "export-top"]);
  expect(data.runbooks[0]?.steps[0]).toMatchObject({ id: "dir", shown: 'mkdir "/x"\numask 027', target: "host" });
});
