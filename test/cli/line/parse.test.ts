import { describe, expect, test } from "vitest";
import { parseLine } from "../../../src/cli/line/parse.ts";
import { RunbookError } from "../../../src/errors/runbook-error.ts";

function parsed(line: string): Record<string, unknown> {
  const { command, flags, words, values } = parseLine(line.split(" ").filter(Boolean));
  return {
    command: command?.name,
    ...(flags.size > 0 && { flags: Object.fromEntries(flags) }),
    ...(words.length > 0 && { words }),
    ...(values.size > 0 && { values: Object.fromEntries(values) }),
  };
}

function refused(line: string): { code: string; message: string; hint: string | undefined; exitCode: number } {
  try {
    parseLine(line.split(" ").filter(Boolean));
  } catch (error) {
    if (error instanceof RunbookError) return error;
    throw error;
  }
  throw new Error(`"${line}" was taken`);
}

describe("a command line", () => {
  test.each([
    ["", { command: undefined }],
    ["--version", { command: undefined, flags: { version: [""] } }],
    ["list", { command: "list" }],
    ["list --json", { command: "list", flags: { json: [""] } }],
    ["--content notes list", { command: "list", flags: { content: ["notes"] } }],
    ["--content=notes list --quiet", { command: "list", flags: { content: ["notes"], quiet: [""] } }],
    ["exec lxc-new", { command: "exec", words: ["lxc-new"] }],
    ["exec -h", { command: "exec", flags: { help: [""] } }],
    ["exec lxc-new A=1 B=", { command: "exec", words: ["lxc-new"], values: { A: "1", B: "" } }],
    ["exec A=x=y=z id", { command: "exec", words: ["id"], values: { A: "x=y=z" } }],
    ["exec id -- A=1", { command: "exec", words: ["id"], values: { A: "1" } }],
    ["exec id --only a --only r/b", { command: "exec", words: ["id"], flags: { only: ["a", "r/b"] } }],
    ["exec id --report ndjson=f=g", { command: "exec", words: ["id"], flags: { report: ["ndjson=f=g"] } }],
    ["runs --prune", { command: "runs", flags: { prune: [""] } }],
    ["runs --prune=7", { command: "runs", flags: { prune: ["7"] } }],
    ["check a.md b.md --strict", { command: "check", words: ["a.md", "b.md"], flags: { strict: [""] } }],
  ])("%s", (line, expected) => {
    expect(parsed(line)).toEqual(expected);
  });

  test("keeps a value's every character", () => {
    const value = 'it\'s "$(reboot)"\t容器\n…';
    expect(parseLine(["exec", "id", `A=${value}`]).values.get("A")).toBe(value);
  });
});

describe("a wrong command line", () => {
  test.each([
    ["exce id", "unknown-command", 'Did you mean "exec"?'],
    ["frobnicate", "unknown-command", "`./runbook --help` lists the commands."],
    ["exec id --dryrun", "unknown-flag", 'Did you mean "--dry-run"?'],
    ["exec id --strict", "unknown-flag", "It belongs to `verify`, `check`."],
    ["exec id --no-yes", "unknown-flag", undefined],
    ["exec id -y", "unknown-flag", undefined],
    ["exec id --yes=no", "unexpected-value", undefined],
    ["exec id --only", "missing-flag-value", undefined],
    ["exec id --values --yes", "missing-flag-value", undefined],
    ["exec id --host=", "missing-flag-value", undefined],
    ["exec id --from a --from b", "repeated-flag", "Give it once."],
    ["exec id A=1 A=2", "repeated-value", "Give each value once."],
    ["exec", "missing-argument", "Usage: ./runbook exec ID|PAGE [NAME=value…]"],
    ["exec id web1", "surplus-argument", "A value is given as NAME=value. Usage: ./runbook exec ID|PAGE [NAME=value…]"],
    ["list lxc", "surplus-argument", "Usage: ./runbook list"],
    ["log RUN A=1", "surplus-argument", undefined],
  ])("%s", (line, code, hint) => {
    const error = refused(line);
    expect(error.code).toBe(code);
    expect(error.exitCode).toBe(2);
    if (hint !== undefined) expect(error.hint).toBe(hint);
  });
});
