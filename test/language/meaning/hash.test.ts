import { expect, test } from "vitest";
import { type Runbook, readPage, runbookHash, runbookOrder, stepHash } from "../../../src/language/index.ts";

const host = '---\nrunbook: { id: host }\n---\n\n```sh step="up"\nup\n```\n';
const text = `---
title: A page
runbook:
  id: new
  requires: [host]
  params: { NAME: { default: web1, description: words } }
  targets: { box: "env a" }
---

Prose.

\`\`\`sh step="one" title="First"
one
\`\`\`

\`\`\`sh step="two" on="box"
two
\`\`\`

\`\`\`sh guard="two"
done
\`\`\`

\`\`\`text output="two"
Two
\`\`\`
`;

async function hashes(page: string, required = host): Promise<string[]> {
  const read = [await readPage(required, { file: "host.md" }), await readPage(page, { file: "new.md" })];
  const runbooks = new Map(read.map(({ runbook }) => [runbook?.id ?? "", runbook as Runbook]));
  const order = runbookOrder(runbooks, "new");
  return (order[1]?.steps ?? []).map((step) => stepHash(order, step));
}

/** Which steps' hashes a change of the page changes. */
async function changed(from: string, to: string): Promise<boolean[]> {
  expect(text).toContain(from);
  const [before, after] = [await hashes(text), await hashes(text.replace(from, to))];
  return before.map((hash, index) => hash !== after[index]);
}

test.each([
  ["prose", "Prose.", "Other prose.\n\nAnd more.", [false, false]],
  ["the page's title", "A page", "Another", [false, false]],
  ["a step's title", "First", "The first", [false, false]],
  ["a description", "words", "other words", [false, false]],
  ["the first step's text", "\none\n", "\none more\n", [true, true]],
  ["the second step's text", "\ntwo\n", "\ntwo more\n", [false, true]],
  ["a guard", "\ndone\n", "\nreally done\n", [false, true]],
  ["an output", "\nTwo\n", "\nTwo!\n", [false, true]],
  ["a step's target", ' on="box"', "", [false, true]],
  ["a target's command", "env a", "env b", [true, true]],
  ["a default", "web1", "web2", [true, true]],
  ["other exit statuses", 'on="box"', 'on="box" exits="0 1"', [false, true]],
  ["exit statuses said that hold anyway", 'on="box"', 'on="box" exits="0"', [false, false]],
  ["a service", 'on="box"', 'on="box" background="true"', [false, true]],
  ["a restart", 'on="box"', 'on="box" reboot="true"', [false, true]],
  [
    "a session of the same command",
    '```sh step="one" title="First"\none\n',
    '```console step="one"\n$ one\n',
    [false, false],
  ],
  [
    "what a session prints",
    '```sh step="one" title="First"\none\n',
    '```console step="one"\n$ one\nOne\n',
    [true, true],
  ],
  ["values to prove it with", "  targets:", "  verify: { values: { NAME: x } }\n  targets:", [false, false]],
  ["an attempt more", 'on="box"', 'on="box" retry="2"', [false, true]],
])("%s", async (_, from, to, expected) => {
  expect(await changed(from, to)).toEqual(expected);
});

test("a required runbook's step", async () => {
  const [before, after] = [await hashes(text), await hashes(text, host.replace("\nup\n", "\ndown\n"))];
  expect(before.map((hash, index) => hash !== after[index])).toEqual([true, true]);
  expect(before[0]).toMatch(/^sha256-[0-9a-f]{64}$/);
});

test("a required runbook's way back changes its own meaning, and of nothing that stands on it", async () => {
  const undone = `${host}\n\`\`\`sh undo="up"\ndown\n\`\`\`\n`;
  const kept = host.replace('step="up"', 'step="up" keeps="a reason"');
  const own = await Promise.all([host, undone, kept].map(hostHash));
  expect(new Set(own).size).toBe(3);
  for (const other of [undone, kept]) expect(await hashes(text, other)).toEqual(await hashes(text, host));
});

async function hostHash(page: string): Promise<string> {
  const { runbook } = await readPage(page, { file: "host.md" });
  return runbook ? runbookHash([runbook], runbook) : "";
}

test("line ends don't count, and a step of none of the runbooks is refused", async () => {
  expect(await hashes(text.replaceAll("\n", "\r\n"))).toEqual(await hashes(text));
  const { runbook } = await readPage(host, { file: "host.md" });
  const step = runbook?.steps[0];
  if (!runbook || !step) throw new Error("no step");
  expect(() => stepHash([], step)).toThrow("in none of the runbooks");
  expect(runbookHash([runbook], runbook)).toBe(stepHash([runbook], step));
});
