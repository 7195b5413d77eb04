import { expect, test } from "vitest";
import type { Runbook } from "../../../src/language/model/runbook.ts";
import { readPage } from "../../../src/language/read/read-page.ts";
import { KnownAddresses } from "../../../src/verify/evidence/known-addresses.ts";
import { expectedOutput, rewriteOutput } from "../../../src/verify/update/rewrite-output.ts";

const head = "---\ntitle: x\nrunbook:\n  id: x\n---\n\n";

async function rewritten(body: string, printed: string): Promise<string> {
  const text = head + body;
  const { runbook } = await readPage(text, { file: "x.md" });
  const output = (runbook as Runbook).steps[0]?.output;
  if (!output) throw new Error("the page has no output");
  return rewriteOutput(text, output, printed).slice(head.length);
}

test.each([
  [
    "a fence",
    '```sh step="a"\nx\n```\n\n```text output="a"\nold\nolder\n```\n\nEnd.\n',
    '```sh step="a"\nx\n```\n\n```text output="a"\nnew\n\nnewer\n```\n\nEnd.\n',
  ],
  [
    "in a list",
    '- a\n\n  ```sh step="a"\n  x\n  ```\n\n  ```text output="a"\n  old\n  ```\n',
    '- a\n\n  ```sh step="a"\n  x\n  ```\n\n  ```text output="a"\n  new\n\n  newer\n  ```\n',
  ],
  [
    "in a quote",
    '> ```sh step="a"\n> x\n> ```\n>\n> ```text output="a"\n> old\n> ```\n',
    '> ```sh step="a"\n> x\n> ```\n>\n> ```text output="a"\n> new\n>\n> newer\n> ```\n',
  ],
  [
    "with CRLF",
    '```sh step="a"\r\nx\r\n```\r\n\r\n```text output="a"\r\nold\r\n```\r\n',
    '```sh step="a"\r\nx\r\n```\r\n\r\n```text output="a"\r\nnew\r\n\r\nnewer\r\n```\r\n',
  ],
  [
    "an empty one",
    '```sh step="a"\nx\n```\n\n```text output="a"\n```\n',
    '```sh step="a"\nx\n```\n\n```text output="a"\nnew\n\nnewer\n```\n',
  ],
])("the lines of %s are replaced, and nothing else", async (_, before, after) => {
  expect(await rewritten(before, "new\n\nnewer\n\n")).toBe(after);
});

test("what is another each time is a matcher", () => {
  expect(
    expectedOutput("made 2026-11-28 06:43:54 by build7 SHA256:abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq", {
      names: new Map([["build7", "host"]]),
      addresses: new KnownAddresses([]),
    }),
  ).toBe("made <date> by host SHA256:…");
});
