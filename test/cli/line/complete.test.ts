import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { complete } from "../../../src/cli/complete/complete.ts";
import { COMMANDS } from "../../../src/cli/line/table.ts";
import { readPage } from "../../../src/language/read/read-page.ts";
import { IMAGES } from "../../../src/verify/machine/image/images.ts";
import { root, run } from "../run.ts";

const top = `---
runbook:
  id: top
  params:
    KIND: { default: b, enum: [a, b] }
    NAME: { default: web1 }
    TOKEN: { secret: true }
---

\`\`\`sh step="create"
true
\`\`\`
`;

const sources = {
  ids: async () => ["base", "top"],
  runbooks: async (id: string) => {
    const own = (await readPage(top, { file: "top.md" })).runbook;
    return id === "top" && own ? [{ ...own, id: "base", params: [] }, own] : [];
  },
  runs: async () => ["20261124-2250-k3f9"],
};

describe("a word that is typed", () => {
  test.each([
    ["", [], ["list", "show", "exec"]],
    ["ex", [], ["exec", "export"]],
    ["--v", [], ["--verbose", "--version"]],
    ["t", ["exec"], ["top"]],
    ["", ["exec", "--only"], []],
    ["", ["exec", "top", "--only"], ["base/create", "create"]],
    ["--only=c", ["exec", "top"], ["--only=create"]],
    ["--dr", ["exec"], ["--dry-run"]],
    ["", ["exec", "top"], ["KIND=", "NAME="]],
    ["", ["exec", "top", "KIND=a"], ["NAME="]],
    ["KIND=", ["exec", "top"], ["KIND=a", "KIND=b"]],
    ["NAME=w", ["exec", "top"], ["NAME=web1"]],
    ["", ["exec", "--yes", "top"], ["KIND=", "NAME="]],
    ["", ["exec", "--host", "root@box"], ["base", "top"]],
    ["", ["resume"], ["20261124-2250-k3f9"]],
    ["", ["undo"], ["20261124-2250-k3f9", "base", "top"]],
    ["", ["export", "top", "--to"], ["sh", "json", "ansible"]],
    ["", ["verify", "--on"], ["lxc", "qemu", "here"]],
    ["", ["verify", "--image"], IMAGES.filter(({ kind }) => kind === "lxc").map(({ name }) => name)],
    ["--report=", ["check"], ["--report=github"]],
    ["nd", ["exec", "--report"], ["ndjson"]],
    ["", ["exec", "--report"], ["terminal", "plain", "ndjson", "junit", "github"]],
    ["", ["completion"], ["bash", "zsh", "fish"]],
    ["", ["list"], []],
    ["", ["log", "20261124-2250-k3f9"], []],
    ["x", ["frobnicate"], []],
  ])("%j behind %j", async (current, before, expected) => {
    const { words } = await complete(before, current, sources);
    expect(words.slice(0, Math.max(expected.length, current === "" && before.length === 0 ? 3 : 99))).toEqual(expected);
  });

  test("takes the values that a flag's help names by its form", async () => {
    const flags = COMMANDS.flatMap(({ name, flags }) => flags.map((flag) => [name, flag] as const));
    const named = flags.filter(([, { value }]) => value && (/[a-z]/.test(value) || value === "KIND"));
    expect(named.length).toBeGreaterThan(2);
    for (const [name, flag] of named) {
      expect([name, flag.name, (await complete([name, `--${flag.name}`], "", sources)).words]).toEqual([
        name,
        flag.name,
        flag.choices,
      ]);
    }
  });

  test.each([
    [["check"], "files"],
    [["exec", "--values"], "files"],
    [["--content"], "folders"],
  ])("may be a path behind %j", async (before, paths) => {
    expect((await complete(before, "", sources)).paths).toBe(paths);
  });
});

describe("in bash", () => {
  const script = run(["completion", "bash"]).stdout;

  function completions(line: string): string[] {
    const program = `${script}
      complete -p ./runbook >/dev/null 2>&1 || complete -F _runbook ./runbook
      COMP_LINE=$1 COMP_POINT=\${#1}
      _runbook ./runbook 2>/dev/null
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync("bash", ["-c", program, "bash", line], { cwd: root, encoding: "utf8" });
    return stdout.split("\n").filter(Boolean);
  }

  test("commands and flags are completed", () => {
    expect(completions("./runbook stat")).toEqual(["status"]);
    expect(completions("./runbook exec --dr")).toEqual(["--dry-run"]);
  });

  test("ids and names come from the pages; behind = only what is replaced", () => {
    expect(completions("./runbook exec lxc-n")).toEqual(["lxc-network", "lxc-new"]);
    expect(completions("./runbook exec lxc-new CONT")).toEqual(["CONTAINER="]);
    expect(completions("./runbook exec lxc-new CONTAINER=")).toEqual(["mycontainer"]);
  });
});

test("the script for zsh is one that zsh could read", () => {
  const { stdout, exitCode } = run(["completion", "zsh"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^#compdef runbook\n/);
  const zsh = spawnSync("zsh", ["-n", "-c", stdout], { encoding: "utf8" });
  if (!zsh.error) expect(zsh.stderr).toBe("");
});

test("in fish, commands, ids, names and paths are completed", () => {
  const script = run(["completion", "fish"]).stdout;
  const lines = [
    "./runbook stat",
    "./runbook exec lxc-n",
    "./runbook exec lxc-new CONT",
    "./runbook check LIC",
    "./gone/runbook ex",
  ];
  const program = [script, ...lines.map((line) => `complete --do-complete '${line}'; echo ==`)].join("\n");
  const { stdout, stderr } = spawnSync("fish", ["--no-config", "--command", program], { cwd: root, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout.split("==\n").map((part) => part.split("\n").filter(Boolean))).toEqual([
    ["status"],
    ["lxc-network", "lxc-new"],
    ["CONTAINER="],
    ["LICENSE"],
    [],
    [],
  ]);
});

test("completion never complains", () => {
  expect(run(["__complete", "exec", "no-such", "--only", ""], { cwd: join(root, "test") })).toEqual({
    stdout: "",
    stderr: "",
    exitCode: 0,
  });
});
