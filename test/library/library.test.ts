import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { findRunbooks } from "../../src/library/find-runbooks.ts";
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
  await expect(loadRunbooks(pages.dir, join(pages.dir, "a.md"))).rejects.toMatchObject({ code: "page-unreadable" });
});

describe("a page that is wrong in itself is one page's affair", () => {
  const deep = Array.from({ length: 1500 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n");
  const bad: [string, string, (file: string) => void][] = [
    ["a link to itself", "page-unreadable", (file) => symlinkSync(file, file)],
    ["longer than pages may be", "page-too-large", (file) => writeFileSync(file, "word ".repeat(2_000_000))],
    ["lists in lists", "page-too-large", (file) => writeFileSync(file, `${rightStep}\n\n${deep}`)],
    ["quotes in quotes", "page-too-large", (file) => writeFileSync(file, ">".repeat(5000))],
    ["not UTF-8", "not-text", (file) => writeFileSync(file, Buffer.from("caf\xe9 \n", "latin1"))],
    ["UTF-16", "not-text", (file) => writeFileSync(file, Buffer.from("\ufeff# Title\n", "utf16le"))],
    ["a NUL", "not-text", (file) => writeFileSync(file, "a\n b\0c\n")],
    ["deep YAML", "yaml-syntax", (file) => writeFileSync(file, `---\nrunbook: ${"[".repeat(100_000)}\n---\n`)],
    ...["valueOf", "constructor", "__proto__", "toString"].map((key): (typeof bad)[number] => [
      `runbook: ${key}`,
      "unknown-key",
      (file) => writeFileSync(file, `---\nrunbook:\n  id: bad\n  ${key}: x\n---\n`),
    ]),
    [
      "parameters' keys of every object",
      "unknown-key",
      (file) => writeFileSync(file, "---\nrunbook: { id: bad, params: { A: { constructor: x } } }\n---\n"),
    ],
  ];

  test.each(bad)("%s", async (_, code, make) => {
    using pages = temporaryPages({
      "a.md": runbookPage("a", { body }),
      "z/b.md": runbookPage("b", { requires: ["a"], body }),
    });
    make(join(pages.dir, "bad.md"));
    const library = await loadLibrary(pages.dir);
    expect(library.diagnostics.find((found) => found.code === code)).toMatchObject({ severity: "error" });
    expect(library.diagnostics.length).toBeLessThan(10);
    expect(new Set(library.diagnostics.map(({ file }) => file))).toEqual(new Set([join(pages.dir, "bad.md")]));
    expect([...library.runbooks.keys()]).toEqual(expect.arrayContaining(["a", "b"]));
    const ids = (await findRunbooks(pages.dir)).map(({ id }) => id).filter((id) => id !== "bad");
    expect(ids).toEqual(["a", "b"]);
    expect((await loadRunbooks(pages.dir, "b")).diagnostics).toEqual([]);
  });
});

test("names that every object has are names of parameters and targets like others", async () => {
  const head =
    "params: { __proto__: { default: x }, constructor: {} }\n  targets: { constructor: env }\n  requires: []";
  const page = runbookPage("a", { body: `${rightStep}\n` }).replace("requires: []", head);
  using pages = temporaryPages({ "a.md": page });
  const { runbooks, diagnostics } = await loadRunbooks(pages.dir, "a");
  expect(diagnostics).toEqual([]);
  expect(runbooks.get("a")?.params.map(({ name }) => name)).toEqual(["__proto__", "constructor"]);
});

test.each([
  ["caf\xe9 x", 1, 4, "0xE9"],
  ["ok\n\xc3\xa9\xe2\x82", 2, 2, "0xE2"],
  ["a\r\nb\xff", 2, 2, "0xFF"],
])("the first byte that is no UTF-8 is told with its place: %j", async (latin1, line, column, byte) => {
  using pages = temporaryPages({});
  writeFileSync(join(pages.dir, "a.md"), Buffer.from(latin1, "latin1"));
  const { diagnostics } = await loadLibrary(pages.dir);
  expect(diagnostics).toMatchObject([{ code: "not-text", span: { start: { line, column } } }]);
  expect(diagnostics[0]?.message).toContain(byte);
});
