import { expect, test } from "vitest";
import { checkPage, mendText, readPage } from "../../../src/language/index.ts";

const page = `---
runbook: { id: mend }
---

- \`\`\`sh step=one keeps="x" retry=3
  $ true
    $  lxc-ls
  cat <<'EOF'
  $ stays
  EOF
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
