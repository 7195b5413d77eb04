import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { run } from "../run.ts";

const ESCAPES = "\u001b]0;pwned\u0007\u001b[31m\u009b2J\u202e";
const YAML_ESCAPES = "\\e]0;pwned\\a\\e[31m\\x9b2J\\u202e\\nexit 97 # ";

/** Everywhere that a page may have a text. */
const page = `---
title: "Hostile${YAML_ESCAPES}"
description: "About${YAML_ESCAPES}"
runbook:
  id: hostile
  params:
    NAME: { default: "x", description: "A name${YAML_ESCAPES}", pattern: "[a-z]+" }
    ASKED: { default: { command: "echo asked", example: "e" }, description: "Asked${YAML_ESCAPES}" }
  targets:
    inner: "env A='${YAML_ESCAPES.replace("\\n", "")}'"
---

# Hostile

\`\`\`sh step="loud" title="Loud${ESCAPES}" keeps="because${ESCAPES}" danger="really${ESCAPES}"
printf '%s\\n' '${ESCAPES}' | tee /dev/stderr
\`\`\`

\`\`\`sh when="loud"
printf '${ESCAPES}'
\`\`\`

\`\`\`sh step="fails"
: '${ESCAPES}'; false
\`\`\`

\`\`\`sh undo="fails"
: '${ESCAPES}'
\`\`\`
`;

test("nothing of a page moves the terminal, whatever command shows it", () => {
  const folder = mkdtempSync(join(tmpdir(), "runbook-raw-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const content = join(folder, "content", `sub${ESCAPES.replaceAll("/", "")}`);
  mkdirSync(content, { recursive: true });
  writeFileSync(join(content, "hostile.md"), page);
  writeFileSync(
    join(content, "wrong.md"),
    page.replace("id: hostile", "id: wrong").replace("targets:", `bad${ESCAPES}:`),
  );
  const env = { RUNBOOK_STATE_DIR: join(folder, "state") };
  const told = (...words: string[]): string => {
    const { stdout, stderr } = run([...words, "--content", join(folder, "content")], { env });
    expect([words, `${stdout}${stderr}`.replace(/[\t\n]/g, " ")]).toEqual([
      words,
      expect.not.stringMatching(/[\p{Cc}\u202e]/u),
    ]);
    return `${stdout}${stderr}`;
  };
  expect(told("list")).toContain("Hostile");
  for (const words of [
    ["list", "--json"],
    ["show", "hostile", "--verbose"],
    ["show", "hostile", "--json"],
    ["check"],
    ["exec", "hostile", "--dry-run"],
    ["exec", "hostile"],
    ["exec", "hostile", "NAME=\u001b[2J"],
    ["exec", "hostile", "OTHER\u001b[2J=1"],
  ])
    told(...words);
  const id = /\d{8}-\d{4}-\w{4}/.exec(told("exec", "hostile", "--yes", "--verbose"))?.[0] ?? "";
  expect(id).not.toBe("");
  for (const words of [
    ["runs"],
    ["runs", "--json"],
    ["log", id],
    ["status", "hostile"],
    ["undo", id, "--yes"],
    ["exec", "hostile", "--yes", "--report", "ndjson"],
    ["__complete", "exec", "host"],
  ])
    told(...words);
  const script = run(["export", "hostile", "--to", "sh", "--content", join(folder, "content")], { env }).stdout;
  // What the steps do is exact; what is said of them is a comment, and stays one.
  const said = script.split("\n").filter((line) => line.includes("Hostile") || line.includes("A name"));
  expect(said.length).toBeGreaterThan(0);
  for (const line of said) expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(script).not.toMatch(/^exit 97/m);
});
