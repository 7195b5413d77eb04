import { mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findRunbooks } from "../../src/library/find-runbooks.ts";
import * as cache from "../../src/library/index-cache.ts";
import { runbookPage, temporaryPages } from "./pages.ts";

let userCache: string;

beforeEach(() => {
  userCache = mkdtempSync(join(tmpdir(), "runbook-cache-"));
  vi.stubEnv("XDG_CACHE_HOME", userCache);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(userCache, { recursive: true });
});

const ids = async (dir: string) => (await findRunbooks(dir)).map(({ id }) => id);

/** Until files are old enough for the cache. */
const settle = () => sleep(150);

test("runbooks are found with their title and what they require; other pages and files are none", async () => {
  using pages = temporaryPages({
    "b/new.md": runbookPage("new", { requires: ["host"] }),
    "a.mdx":
      "---\nrunbook:\n  id: host\n  description: no\ndescription: What\n---\n\n```sh\n# no heading\n```\n\n# A *host*\n",
    "none.md": "---\ntitle: Prose\n---\n",
    ".hidden/x.md": runbookPage("hidden"),
    "node_modules/x.md": runbookPage("modules"),
    "x.markdown.txt": runbookPage("text"),
  });
  expect(await findRunbooks(pages.dir)).toEqual([
    { id: "host", title: "A host", description: "What", file: join(pages.dir, "a.mdx"), requires: [] },
    { id: "new", title: "About new", file: join(pages.dir, "b/new.md"), requires: ["host"] },
  ]);
});

test("what has not changed is not read again", async () => {
  using pages = temporaryPages({ "a.md": runbookPage("a"), "b.md": runbookPage("b"), "none.md": "prose\n" });
  await settle();
  const first = await findRunbooks(pages.dir);
  const index = cache.readIndex(pages.dir);
  expect(Object.keys(index)).toEqual(["a.md", "b.md", "none.md"]);
  cache.writeIndex(pages.dir, {
    ...index,
    "a.md": { ...index["a.md"], stamp: index["a.md"]?.stamp ?? "", id: "from-the-cache" },
  });
  expect(await ids(pages.dir)).toEqual(["from-the-cache", "b"]);
  expect(first.map(({ id }) => id)).toEqual(["a", "b"]);
});

test("a page that changed, came, went, or was replaced by another of the same size and time is seen", async () => {
  using pages = temporaryPages({ "a.md": runbookPage("aaa"), "b.md": runbookPage("b") });
  await settle();
  expect(await ids(pages.dir)).toEqual(["aaa", "b"]);
  pages.write("a.md", runbookPage("bbb"));
  expect(await ids(pages.dir)).toEqual(["bbb", "b"]);
  pages.write("c.md", runbookPage("ccc"));
  unlinkSync(join(pages.dir, "b.md"));
  await settle();
  expect(await ids(pages.dir)).toEqual(["bbb", "ccc"]);
  renameSync(join(pages.dir, "c.md"), join(pages.dir, "a.md"));
  expect(await ids(pages.dir)).toEqual(["ccc"]);
  await settle();
  expect(await ids(pages.dir)).toEqual(["ccc"]);
  expect(Object.keys(cache.readIndex(pages.dir))).toEqual(["a.md"]);
});

test("changes in quick succession are all seen", async () => {
  using pages = temporaryPages({});
  for (let count = 0; count < 30; count++) {
    const id = `id-${String(count).padStart(3, "0")}`;
    pages.write("a.md", runbookPage(id));
    expect(await ids(pages.dir)).toEqual([id]);
  }
});

test("a link counts as the page that it leads to, one that leads nowhere as none", async () => {
  using pages = temporaryPages({ "a.md": runbookPage("a") });
  using elsewhere = temporaryPages({ "b.md": runbookPage("b") });
  symlinkSync(join(elsewhere.dir, "b.md"), join(pages.dir, "link.md"));
  symlinkSync(join(elsewhere.dir, "none.md"), join(pages.dir, "dangling.md"));
  symlinkSync(pages.dir, join(pages.dir, "circle"));
  expect(await ids(pages.dir)).toEqual(["a", "b"]);
});

test.each(["", "{", "null", '{"version":0}', '{"version":1,"contentDir":"/other","index":{"a.md":{}}}'])(
  "a damaged index, an older one, or another folder's is as none: %j",
  async (text) => {
    using pages = temporaryPages({ "a.md": runbookPage("a") });
    await settle();
    await findRunbooks(pages.dir);
    expect(Object.keys(cache.readIndex(pages.dir))).toEqual(["a.md"]);
    writeFileSync(join(userCache, "runbook/pages.json"), text);
    expect(cache.readIndex(pages.dir)).toEqual({});
    expect(await ids(pages.dir)).toEqual(["a"]);
  },
);

test.each(["/dev/null", "/proc/none"])(
  "where no index can be kept, as in %s, pages are read each time",
  async (folder) => {
    vi.stubEnv("XDG_CACHE_HOME", folder);
    using pages = temporaryPages({ "a.md": runbookPage("a") });
    await settle();
    expect(await ids(pages.dir)).toEqual(["a"]);
    expect(await ids(pages.dir)).toEqual(["a"]);
  },
);

test("a folder that is not there is told", async () => {
  await expect(findRunbooks("/none/at/all")).rejects.toMatchObject({ code: "no-content", exitCode: 2 });
});
