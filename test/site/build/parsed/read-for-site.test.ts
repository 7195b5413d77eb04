import { unified } from "@astrojs/markdown-remark";
import { expect, test } from "vitest";
import remarkRunbook from "../../../../src/language/read/remark-runbook.ts";
import { ParsedPages, shareParsed } from "../../../../src/site/build/parsed/parsed-pages.ts";
import { readForSite } from "../../../../src/site/build/parsed/read-for-site.ts";
import { siteSyntax } from "../../../../src/site/build/parsed/site-syntax.ts";
import { remarkParsedPage } from "../../../../src/site/markdown/parsed-page.ts";

const head = "---\ntitle: A page\nrunbook:\n  id: page\n---\n";
const body = `# One

A [link](other.md), ~~gone~~, <b>bold</b> and a note[^1].

| a | b |
|---|---|
| 1 | 2 |

:::note[Mind]
An aside with \`code\`.
:::

\`\`\`sh step="one"
echo one
\`\`\`

[^1]: What it says.
`;

/** The tree that a pipeline of Astro's hands to a plugin behind ours, and what ours says of the page. */
async function treeOf(text: string, path: string, plugins: unknown[]) {
  let found: { tree: unknown; runbook: unknown } | undefined;
  const look = () => (tree: unknown, file: { data: { runbook?: unknown } }) => {
    found = { tree: structuredClone(tree), runbook: file.data.runbook };
  };
  const { default: directive } = await import("remark-directive");
  const processor = await unified({ remarkPlugins: [...plugins, directive, look] as never }).createRenderer(
    {} as never,
  );
  await processor.render(text, {
    fileURL: new URL(`file://${path}`),
    frontmatter: { title: "A page", runbook: { id: "page" } },
  });
  return found;
}

const withoutPlaces = (tree: unknown): unknown =>
  JSON.parse(
    JSON.stringify(tree, (key, value) =>
      key === "position" || key === "runbook" || key === "span" ? undefined : value,
    ),
  );

test("what the check parsed is what a pipeline of Astro's parses, and is taken once", async () => {
  const own = await treeOf(body, "/content/page.md", [remarkRunbook]);
  const { page, parsed } = await readForSite(head + body, "content/page.md", await siteSyntax());
  if (!parsed) throw new Error("The page was not shared.");
  const tree = structuredClone(parsed.tree);
  const pages = new ParsedPages();
  pages.add("/content/page.md", { ...parsed, page });
  shareParsed(pages);
  const shared = await treeOf(body, "/content/page.md", [remarkParsedPage]);
  expect(withoutPlaces(shared?.tree)).toEqual(withoutPlaces(own?.tree));
  expect(shared?.runbook).toBe(page.runbook);
  expect(tree.children.length).toBeGreaterThan(4);
  expect(pages.take("/content/page.md", body)).toBeUndefined();
});

test("a page whose text has changed is parsed anew", async () => {
  const { page, parsed } = await readForSite(head + body, "content/page.md", await siteSyntax());
  if (!parsed) throw new Error("The page was not shared.");
  const pages = new ParsedPages();
  pages.add("/content/page.md", { ...parsed, page });
  shareParsed(pages);
  const changed = await treeOf(body.replace("# One", "# Two"), "/content/page.md", [remarkParsedPage]);
  expect(JSON.stringify(changed?.tree)).toContain('"Two"');
  expect(changed?.runbook).toMatchObject({ id: "page" });
});

test.each([
  ["a note", '[^1]: What it says.\n\n    ```sh step="two"\n    echo two\n    ```\n\nSee[^1].\n', "lost-fence"],
  ["a page that can't be parsed", "A { brace.\n", "mdx-syntax"],
])("%s means to a build what it means to check", async (what, text, code) => {
  const file = what === "a note" ? "content/page.md" : "content/page.mdx";
  const { page, parsed } = await readForSite(head + text, file, await siteSyntax());
  expect(parsed).toBeUndefined();
  expect(page.diagnostics.map((one) => one.code)).toContain(code);
});

test("a page that nobody reads is waited for until the reading ends", async () => {
  const pages = new ParsedPages();
  let gone = false;
  const waiting = pages.read("/content/none.md").then(() => {
    gone = true;
  });
  await Promise.resolve();
  expect(gone).toBe(false);
  pages.end();
  await waiting;
  expect(gone).toBe(true);
});
