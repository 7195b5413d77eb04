import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageOf } from "../../engine/support/run-page.ts";
import { cases, type Steps, tree } from "../meaning-cases.ts";
import { alone, run } from "../run.ts";

// A task takes a part of a second: so steps of several kinds are one page, and that is played as seldom as can be.
const together: [name: string, steps: number][] = [
  ["guards, proofs and `when`", 4],
  ["values that are handed on, on every target", 3],
  ["files: new ones, kept modes, links, modes of their own, folders", 4],
];

/** A proof that the session waits for until the playbook has to ask again. */
const slow: Steps = [
  ['sh step="slow"', '(sleep 5; touch "$DIR/slow") &'],
  ['sh proof="slow" within="60s"', '[ -e "$DIR/slow" ]'],
  ['sh undo="slow"', 'rm --force "$DIR/slow"'],
];

/** The first steps of some cases as one page's, each case in a folder of its own. */
function joined(): Steps {
  return together.flatMap(([name, count], index) => {
    const all = cases[name]?.steps ?? [];
    const ids = all.flatMap(([info]) => /step="([^"]+)"/.exec(info)?.[1] ?? []).slice(0, count);
    const chosen = all.filter(([info]) => ids.includes(/="([^"]+)"/.exec(info)?.[1] ?? ""));
    return chosen.map(([info, text]): [string, string] => [
      info.replaceAll(/\b(step|when|guard|proof|undo|output)="/g, `$1="c${index}-`).replaceAll("$DIR", `$DIR/${index}`),
      text.replaceAll("$DIR", `$DIR/${index}`),
    ]);
  });
}

let root: string;
const env = (): Record<string, string> => ({ RUNBOOK_STATE_DIR: join(root, "state") });
const content = (): string[] => ["--content", join(root, "content")];

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "runbook-ansible-"));
  mkdirSync(join(root, "content"));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(id: string, steps: Steps, head = ""): void {
  const page = pageOf(steps, `  params:\n    DIR: { description: Where }\n${head}`);
  writeFileSync(join(root, "content", `${id}.md`), page.replace("id: page", `id: ${id}`));
}

function exported(id: string, ...values: string[]): void {
  const { stdout, stderr, exitCode } = run(
    ["export", id, "--to", "ansible", "--output", join(root, "fleet"), ...values, ...content()],
    { env: env() },
  );
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(stdout.trim().split("\n")).toEqual([join(root, "fleet", `${id}.yml`), join(root, "fleet", `${id}-undo.yml`)]);
}

/** Plays a playbook on this machine: how each task ended, by its name. */
function play(book: string, ...args: string[]) {
  const playbook = join(root, "fleet", `${book}.yml`);
  const words = [...alone, "ansible-playbook", "-i", "localhost,", "-c", "local", playbook, ...args];
  const { stdout, stderr, status } = spawnSync("env", words, {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: root, TMPDIR: root, LANG: "C.UTF-8", ANSIBLE_NOCOLOR: "1", ...env() },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 240_000,
  });
  const ends = new Map<string, string>();
  let task = "";
  for (const line of stdout.split("\n")) {
    task = /^TASK \[(?:\w+ : )?(.*?)\] \*+$/.exec(line)?.[1] ?? task;
    const end = /^(ok|changed|skipping|fatal): \[localhost\]/.exec(line)?.[1];
    if (end) ends.set(task, end);
  }
  return { stdout, stderr, status, ends };
}

const sessions = (): string[] => readdirSync(root).filter((name) => name.startsWith("runbook.") && name.length === 18);
const changed = ({ ends }: { ends: Map<string, string> }): string[] =>
  [...ends].filter(([, end]) => end === "changed").map(([name]) => name);

describe("a playbook", { timeout: 600_000 }, () => {
  test("does what exec does, nothing the second time, and takes it away again", () => {
    write("all", [...joined(), ...slow], "    REL: { default: rel }\n  targets:\n    inner: env INNER=1\n");
    const [engine, ansible] = ["engine", "ansible"].map((name) => {
      for (const [index, [one]] of together.entries()) {
        mkdirSync(join(root, name, String(index)), { recursive: true });
        cases[one]?.before?.(join(root, name, String(index)));
        writeFileSync(join(root, name, String(index), "new"), "old\n");
      }
      return join(root, name);
    }) as [string, string];
    const before = tree(ansible);
    const exec = (): number =>
      run(["exec", "all", `DIR=${engine}`, "--yes", ...content()], { env: env() }).exitCode ?? -1;
    expect(exec()).toBe(0);
    exported("all", `DIR=${ansible}`);

    const check = play("all", "--check", "--diff");
    expect(check.stderr + check.stdout).toContain(`+text = ${ansible}/2 $OTHER`);
    expect([check.status, tree(ansible)]).toEqual([0, before]);
    expect(check.ends.get("all/c0-a")).toBe("changed");
    expect(check.ends.get("all/c0-there")).toBe("ok");
    expect(check.ends.get("all/c0-c")).toBe("skipping");

    const first = play("all", "--diff");
    const retried = [...(first.stderr + first.stdout).matchAll(/FAILED - RETRYING: \[localhost\]: (\S+)/g)];
    expect(new Set(retried.map(([, step]) => step))).toEqual(new Set(["all/slow"]));
    // What others may not read on the host is not shown either.
    expect(first.stdout.match(/^-old\n\+text = /gm)?.length).toBe(1);
    expect(first.stdout).not.toContain("2/private");
    expect([first.status, tree(ansible)]).toEqual([0, tree(engine)]);

    expect(exec()).toBe(0);
    const second = play("all");
    // This one has neither guard nor proof.
    expect(changed(second)).toEqual(["all/c1-b"]);
    expect(tree(ansible)).toEqual(tree(engine));

    const undone = play("all-undo");
    expect([undone.status, undone.ends.get("all/c0-there, undone")]).toEqual([0, "skipping"]);
    expect(tree(ansible)).toEqual(before);
    expect(sessions()).toEqual([]);
    expect(existsSync(join(root, "state/exported/all"))).toBe(true);
    expect(readdirSync(join(root, "state/exported/all"))).toEqual([]);
  });

  test("stops at a step that fails, says which and why, and goes on from there", () => {
    const [failing] = Object.entries(cases).filter(([name]) => name.startsWith("a failure in the middle"));
    const dir = join(root, "failing");
    mkdirSync(dir);
    write("fails", failing?.[1].steps ?? [], "    TOKEN: { secret: true }\n");
    exported("fails", `DIR=${dir}`);
    const secret = ["-e", "TOKEN=sesame-open", "-e", "runbook_no_log=false"];
    const { status, stdout, ends } = play("fails", ...secret);
    expect(stdout).toContain("error: fails/b: it failed (exit code 1)");
    expect(stdout).toContain("fails.md:");
    expect([status, ends.get("fails/b"), ends.has("fails/c")]).toEqual([2, "fatal", false]);
    expect(readFileSync(join(dir, "b"), "utf8")).toBe("f 1\n");
    expect(sessions()).toEqual([]);
    const hidden = play("fails-undo", "-e", "TOKEN=sesame-open").stdout;
    expect(hidden).not.toContain("sesame");
    expect(readdirSync(dir)).toEqual([]);
    const short = play("fails", "-e", "TOKEN=short", "-e", "runbook_no_log=false");
    expect([short.ends, short.stdout]).toEqual([
      new Map([["Begin", "fatal"]]),
      expect.stringContaining("error: TOKEN is shorter than 6 characters."),
    ]);
    // What YAML takes for a number is not the text that somebody wrote.
    const number = JSON.stringify({ TOKEN: "sesame-open", DIR: 8080, runbook_no_log: false });
    expect(play("fails", "-e", number).stdout).toContain("error: DIR is no text:");
    expect([sessions(), readdirSync(dir)]).toEqual([[], []]);
  });
});
