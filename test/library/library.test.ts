import { chmodSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { loadLibrary, loadRunbooks } from "../../src/library/library.ts";
import { rightStep, runbookPage, temporaryPages } from "./pages.ts";

const body = rightStep;

test("the whole library is read, with what is wrong in a page and between pages", async () => {
  using pages = temporaryPages({
    "a/one.md": runbookPage("one", { requires: ["none"], body }),
    "a/two.mdx": runbookPage("two", { body: '```sh step="one"\nif true; then\n```' }),
    "plain.md": "# Only prose\n",
  });
  const library = await loadLibrary(pages.dir);
  const path = (file: string) => join(pages.dir, file);
  expect(library.pages.map((page) => page.file)).toEqual([path("a/one.md"), path("a/two.mdx"), path("plain.md")]);
  expect(library.texts.get(path("plain.md"))).toBe("# Only prose\n");
  expect([...library.runbooks.keys()]).toEqual(["one", "two"]);
  const errors = library.diagnostics.filter(({ severity }) => severity === "error");
  expect(errors.map(({ code, file }) => [code, file])).toEqual([
    [expect.stringContaining("syntax"), path("a/two.mdx")],
    ["dangling-require", path("a/one.md")],
  ]);
});

test("of a runbook only its page and those that it requires are read, each once", async () => {
  using pages = temporaryPages({
    "a.md": runbookPage("a", { requires: ["b", "c"], body }),
    "b.md": runbookPage("b", { requires: ["c"], body }),
    "c.md": runbookPage("c", { body }),
    "other.md": runbookPage("other", { body: "```sh step=\n```" }),
  });
  const library = await loadRunbooks(pages.dir, "a");
  expect([...library.runbooks.keys()]).toEqual(["a", "b", "c"]);
  expect(library.pages).toHaveLength(3);
  expect(library.diagnostics).toEqual([]);
});

test("runbooks that require each other are read, and told", async () => {
  using pages = temporaryPages({
    "a.md": runbookPage("a", { requires: ["b"], body }),
    "b.md": runbookPage("b", { requires: ["a"], body }),
  });
  const library = await loadRunbooks(pages.dir, "a");
  expect(library.pages).toHaveLength(2);
  expect(library.diagnostics.map(({ code }) => code)).toContain("cycle");
});

test("two pages that share the id are both read, and told", async () => {
  using pages = temporaryPages({ "a.md": runbookPage("a", { body }), "z/b.md": runbookPage("a", { body }) });
  const library = await loadRunbooks(pages.dir, "a");
  expect(library.runbooks.get("a")?.file).toBe(join(pages.dir, "a.md"));
  expect(library.diagnostics.map(({ code }) => code)).toEqual(["duplicate-runbook"]);
});

test("an id that no page has gives an empty library", async () => {
  using pages = temporaryPages({ "a.md": runbookPage("a", { body }) });
  expect((await loadRunbooks(pages.dir, "b")).pages).toEqual([]);
});

test("a page is read by its path, wherever it lies, with what it requires of the library", async () => {
  using pages = temporaryPages({
    "a.md": runbookPage("a", { body }),
    "sub/b.md": runbookPage("b", { requires: ["a"], body }),
  });
  using elsewhere = temporaryPages({ "draft.md": runbookPage("a", { title: "Draft", requires: ["b"], body }) });
  const draft = await loadRunbooks(pages.dir, join(elsewhere.dir, "draft.md"));
  expect(draft.runbooks.get("a")?.title).toBe("Draft");
  expect([...draft.runbooks.keys()]).toEqual(["a", "b"]);

  const inside = await loadRunbooks(pages.dir, relative(process.cwd(), join(pages.dir, "sub/b.md")));
  expect([...inside.texts.keys()]).toEqual([join(pages.dir, "sub/b.md"), join(pages.dir, "a.md")]);
});

test("a page that is not there or can't be read is told", async (context) => {
  using pages = temporaryPages({ "a.md": runbookPage("a", { body }) });
  await expect(loadRunbooks(pages.dir, join(pages.dir, "b.md"))).rejects.toMatchObject({
    code: "unknown-page",
    exitCode: 2,
  });
  if (process.getuid?.() === 0) return context.skip("root reads everything");
  chmodSync(join(pages.dir, "a.md"), 0);
  await expect(loadLibrary(pages.dir)).rejects.toMatchObject({ code: "page-unreadable" });
});
