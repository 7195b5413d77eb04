import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkLibrary,
  checkPage,
  mendText,
  type Page,
  placeInFence,
  readFrontmatter,
  readPage,
  renderDiagnostic,
} from "../../../src/language/index.ts";
import { anyCharacter } from "../any-character.ts";

const pieces = [
  "---\n",
  "runbook:\n  id: x\n",
  "  params: { A: { default: b } }\n",
  "  params:\n    A: {default: *x, pattern: '('}\n",
  "title: 'x\n",
  '```sh step="a" timeout="1s"\n',
  '```sh proof="a"\n',
  '```text output="a"\n…\n',
  "```\n",
  "~~~\n",
  "> ",
  "- ",
  "\t",
  "   ",
  "\r\n",
  "\r",
  "\n",
  "\0",
  "\uFEFF",
  "\ud800",
  "<Tabs>\n",
  "</Tabs>\n",
  "<!-- ",
  "-->",
  "{/* ",
  " */}",
  "{x}",
  '&#x110000; &amp; \\"',
  '="',
  "cat <<EOF\n$A\n",
  "$ if [ ",
  "`$(",
  "${A:=",
  "é𝒳",
];

const anyText = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: anyCharacter, maxLength: 5 })), { maxLength: 30 })
    .map((parts) => parts.join("")),
  fc
    .array(fc.constantFrom(...pieces), { maxLength: 15 })
    .map((parts) => `---\nrunbook: { id: x }\n---\n${parts.join("")}`),
);

/** Everything that is done with a page's text; nothing of it may throw. */
async function useAll(text: string, file: string): Promise<Page> {
  readFrontmatter(text);
  const page = await readPage(text, { file });
  const found = [...page.diagnostics, ...checkPage(page), ...checkLibrary([page, page])];
  for (const diagnostic of found) renderDiagnostic(diagnostic, text);
  mendText(text, found);
  return page;
}

describe("reading never throws on any text", () => {
  test.each(["page.md", "page.mdx"])("%s", async (file) => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const page = await useAll(text, file);
        const lines = text.split(/\r\n|\r|\n/);
        for (const { span, code } of page.diagnostics) {
          expect(span.start.line, code).toBeLessThanOrEqual(lines.length);
          expect(span.start.column, code).toBeGreaterThan(0);
        }
        for (const fence of page.fences) expect(fence.lines).toHaveLength(fence.text.split("\n").length);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ["deep quotes", `${"> ".repeat(3000)}x`],
    ["deep lists", "- ".repeat(3000)],
    ["deep shell", `\`\`\`sh step="a"\n${"$(".repeat(20_000)}\n\`\`\``],
    ["deep groups", `\`\`\`sh step="a"\n${"(".repeat(20_000)}\n\`\`\``],
    ["a long line", `\`\`\`sh step="a"\necho ${"a ".repeat(200_000)}\n\`\`\``],
    ["a long info string", `\`\`\`sh ${'a="b" '.repeat(20_000)}\n\`\`\``],
    ["quotes in an info string", `\`\`\`sh step="${'\\\\"'.repeat(20_000)}\n\`\`\``],
    ["aliases without end", `---\na: &a [x]\nb: &b [*a, *a]\nrunbook: *b\n---\n`],
    ["dashes", "---".repeat(50_000)],
  ])("%s", async (_, text) => {
    await useAll(`---\nrunbook: { id: x }\n---\n${text}`, "page.md");
    await useAll(text, "page.mdx");
  });
});

describe("a page's frontmatter alone", () => {
  test.each<[string, string, object]>([
    [
      "of a runbook",
      "---\ntitle: T\nrunbook: { id: a, requires: [b, c] }\n---\n# X",
      { title: "T", id: "a", requires: ["b", "c"] },
    ],
    ["with CRLF", "---\r\ntitle: T\r\nrunbook:\r\n  id: a\r\n---\r\n", { title: "T", id: "a", requires: [] }],
    ["with a byte order mark", "\uFEFF---\ntitle: T\n---", { title: "T", requires: [] }],
    ["that is none", "# X\n---\ntitle: T\n---\n", { requires: [] }],
    ["that never ends", "---\ntitle: T\n", { requires: [] }],
    ["that is empty", "---\n---\n", { requires: [] }],
    ["that is broken", "---\nrunbook: { id: [\n---\n", { requires: [] }],
    [
      "of numbers",
      "---\ntitle: 12\nrunbook: { id: 2024, requires: x }\n---\n",
      { title: "12", id: "2024", requires: [] },
    ],
  ])("%s", (_, text, expected) => {
    expect(readFrontmatter(text)).toEqual(expected);
  });
});

test("a place in a fence is a place in the page", async () => {
  const page = await readPage('> - ```sh step="a"\r\n>   echo é 𝒳 x\r\n>     y\r\n>   ```\r\n', { file: "a.md" });
  const fence = page.fences[0];
  if (!fence) throw new Error("no fence");
  expect(fence.text).toBe("echo é 𝒳 x\n  y");
  expect(placeInFence(fence, 1, 1)).toEqual({ line: 2, column: 5 });
  expect(placeInFence(fence, 2, 3)).toEqual({ line: 3, column: 7 });
  expect(placeInFence(fence, 99, 1)).toEqual({ line: 3, column: 5 });
});

test("the title is the frontmatter's, else the first heading's, else the id", async () => {
  const title = async (head: string, body: string): Promise<string | undefined> => {
    return (await readPage(`---\n${head}runbook: { id: a }\n---\n\n${body}`, { file: "a.md" })).runbook?.title;
  };
  expect(await title("title: T\n", "# H")).toBe("T");
  expect(await title("", "Text\n\n## *H* `x`\n\n# Later")).toBe("H x");
  expect(await title("", "Text")).toBe("a");
});
