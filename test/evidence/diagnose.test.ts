import { expect, test } from "vitest";
import { diagnoseEvidence, parseEvidence } from "../../src/evidence/index.ts";
import type { Runbook } from "../../src/language/model/runbook.ts";
import { readPage } from "../../src/language/read/read-page.ts";
import { evidenceOf } from "./support/evidence.ts";

const text = '---\nrunbook: { id: new }\n---\n\n```sh step="one"\none\n```\n\n```sh step="two"\ntwo\n```\n';

async function runbookOf(page: string): Promise<Runbook> {
  const { runbook } = await readPage(page, { file: "a/new.md" });
  if (!runbook) throw new Error("no runbook");
  return runbook;
}

const file = "a/evidence/new@lxc-debian-12-amd64.json";
const source = JSON.stringify(evidenceOf([await runbookOf(text)]));

/** What `check` says of the evidence beside a page. */
async function said(page: string, evidence = source): Promise<string[]> {
  const runbook = await runbookOf(page);
  const found = diagnoseEvidence([parseEvidence(evidence, file)], new Map([[runbook.id, runbook]]));
  return found.map(
    ({ file: where, span: { start }, severity, code, message }) =>
      `${where}:${start.line}:${start.column} ${severity} ${code} ${message}`,
  );
}

test("evidence of what a page says is nothing to tell of", async () => {
  expect(await said(text)).toEqual([]);
});

test.each([
  [
    "a changed step, which says so for those after it",
    text.replace("\none\n", "\none more\n"),
    'a/new.md:5:1 warning stale-evidence "one" changed since its proof of 2026-11-24 on lxc-debian-12-amd64, and with it 1 after it.',
  ],
  [
    "a new step",
    `${text}\n\`\`\`sh step="three"\nthree\n\`\`\`\n`,
    'a/new.md:13:1 warning stale-evidence "three" changed since its proof of 2026-11-24 on lxc-debian-12-amd64.',
  ],
  [
    "a step that is gone",
    text.slice(0, text.indexOf('```sh step="two"')),
    'a/new.md:2:1 warning stale-evidence "new" lost steps since its proof of 2026-11-24 on lxc-debian-12-amd64.',
  ],
  [
    "a runbook that is gone",
    text.replace("id: new", "id: other"),
    `${file}:1:1 warning stale-evidence There is no runbook "new" for this evidence.`,
  ],
])("%s", async (_, page, expected) => {
  expect(await said(page)).toEqual([expected]);
});

test("what breaks the schema is an error at the file", async () => {
  expect(await said(text, source.replace('"again":"passed"', '"again":"maybe"'))).toEqual([
    `${file}:1:1 error bad-evidence again: "passed" or "failed" or "skipped" is expected, not "maybe".`,
  ]);
});
