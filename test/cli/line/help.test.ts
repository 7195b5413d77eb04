import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCommand } from "../../../src/cli/commands/load.ts";
import { COMMANDS, GLOBAL_FLAGS } from "../../../src/cli/line/table.ts";
import { commandHelp, overview } from "../../../src/cli/reference/help.ts";
import { referencePage } from "../../../src/cli/reference/reference.ts";
import { run } from "../run.ts";

describe("the table of commands", () => {
  test("has each command and each flag once", () => {
    const names = COMMANDS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { flags } of COMMANDS) {
      const all = [...flags, ...GLOBAL_FLAGS].map(({ name }) => name);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  test.each(COMMANDS)("$name has an example, and code behind it", async (command) => {
    for (const { line } of command.examples) expect(line).toContain(`./runbook ${command.name}`);
    expect(command.examples.length).toBeGreaterThan(0);
    expect(await loadCommand(command.name)).toHaveProperty("run");
  });
});

describe("help", () => {
  test("of all commands", () => {
    expect(overview(80)).toMatchSnapshot();
  });

  test.each(COMMANDS)("of $name fits the terminal", (command) => {
    const lines = commandHelp(command, 80).split("\n");
    const long = lines.filter((line) => line.length > 80 && !line.includes("./runbook"));
    expect(long).toEqual([]);
  });

  test.each([
    [["--help"], 0],
    [["-h"], 0],
    [["exec", "--help"], 0],
    [["exec", "lxc-new", "--help"], 0],
    [["--help", "exec"], 0],
  ])("%j is printed", (args, exitCode) => {
    const ended = run(args);
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.stdout).toContain("Usage: ./runbook");
    expect(ended.stderr).toBe("");
  });

  test("without a command, goes where errors go", () => {
    expect(run([])).toMatchObject({ exitCode: 2, stdout: "", stderr: overview(100) });
  });
});

test("the version is the package's", () => {
  expect(run(["--version"])).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^runbook \d+\.\d+\.\d+\n$/) });
});

// Where this fails because the table has changed, `vitest run test/cli/line/help.test.ts -u` writes the page anew.
test("the reference is what the table says", async () => {
  await expect(referencePage()).toMatchFileSnapshot(
    join(import.meta.dirname, "../../../content/reference/command-line.md"),
  );
});
