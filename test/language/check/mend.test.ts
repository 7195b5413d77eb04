import { expect, test } from "vitest";
import { checkPage, mendText, readPage } from "../../../src/language/index.ts";

const page = `---
runbook: { id: mend }
---

- \`\`\`sh step=one keeps="x" retry=3
  $ true
    $  lxc-ls

  \`\`\`

\`\`\`proof="one"
true
\`\`\`
`;

const mended = page
  .replace("step=one", 'step="one"')
  .replace("retry=3", 'retry="3"')
  .replace("$ true", "true")
  .replace("$  lxc", "lxc")
  .replace('`proof="one"', '`sh proof="one"');

async function mend(text: string): Promise<string> {
  const page = await readPage(text, { file: "page.md" });
  return mendText(text, [...checkPage(page), ...page.diagnostics]);
}

test.each([
  ["LF", (text: string) => text],
  ["CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
  ["a byte order mark", (text: string) => `\uFEFF${text}`],
])("prompts and values without quotes are mended, with %s", async (_, change) => {
  expect(await mend(change(page))).toBe(change(mended));
});

test("a mended page is left as it is, and has no error", async () => {
  expect(await mend(mended)).toBe(mended);
  const read = await readPage(mended, { file: "page.md" });
  expect([...read.diagnostics, ...checkPage(read)].filter(({ severity }) => severity === "error")).toEqual([]);
});

test.each([
  ["what was printed stands below a prompt", '```sh step="a"\n$ cat todo\nrm -r /tmp/x\n```'],
  ["a heredoc holds what looks like a prompt", "```sh step=\"a\"\n$ true\ncat <<'EOF'\n$ stays\nEOF\n```"],
  ["a command goes on", '```sh step="a"\n$ lxc-ls \\\n  --fancy\n```'],
  ["a file's text may be in any language", '```step="a" file="/etc/x"\na = 1\n```'],
  ["a session and its language may be meant", '```step="a"\n$ true\n```'],
  ["what is only shown may be in any language", '```norun="why"\nx\n```'],
  ["a session's output looks like a prompt", '```console step="a"\n$ cat notes\n# apt-get purge lxc\n```'],
])("what has more than one reading is left as it is: %s", async (_, fence) => {
  const text = `---\nrunbook: { id: mend }\n---\n\n${fence}\n`;
  expect(await mend(text)).toBe(text);
  const page = await readPage(text, { file: "page.md" });
  expect([...page.diagnostics, ...checkPage(page)].some(({ severity }) => severity === "error")).toBe(true);
});

test("an output without a language is text", async () => {
  expect(await mend('---\nrunbook: { id: mend }\n---\n\n```output="a"\nx\n```\n')).toContain('```text output="a"');
});
