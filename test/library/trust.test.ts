import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findRunbooks } from "../../src/library/find-runbooks.ts";
import { loadLibrary } from "../../src/library/library.ts";
import { othersWhoWrite } from "../../src/trust.ts";
import { rightStep, runbookPage, temporaryPages } from "./pages.ts";

let cache: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "runbook-cache-"));
  vi.stubEnv("XDG_CACHE_HOME", cache);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});

const someoneElse = 12_345;
const isRoot = process.getuid?.() === 0;

/** Puts another command into whatever the cache keeps of the page. */
function poison(): void {
  const folder = join(cache, "runbook/read");
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll('"true"', '"evil"'));
  }
}

async function textRead(dir: string): Promise<string | undefined> {
  return (await loadLibrary(dir)).runbooks.get("a")?.steps[0]?.fence.text;
}

test.each<[string, boolean, () => void]>([
  ["a cache of our own is believed", true, () => {}],
  ["not one whose folder others may write", false, () => chmodSync(join(cache, "runbook"), 0o777)],
  ["not one whose folder a group may write", false, () => chmodSync(join(cache, "runbook/read"), 0o775)],
  ["not one below a folder that others may write", false, () => chmodSync(cache, 0o777)],
  ["not one of another user's", false, () => chownSync(join(cache, "runbook"), someoneElse, someoneElse)],
  [
    "not one whose entries are another user's",
    false,
    () => chownSync(join(cache, "runbook/read"), someoneElse, someoneElse),
  ],
  ["not one in another user's folder", false, () => chownSync(cache, someoneElse, someoneElse)],
  [
    "not one that leads to another user's",
    false,
    () => {
      const other = mkdtempSync(join(cache, "other-"));
      mkdirSync(join(other, "read"));
      for (const name of readdirSync(join(cache, "runbook/read")))
        writeFileSync(join(other, "read", name), readFileSync(join(cache, "runbook/read", name)));
      rmSync(join(cache, "runbook"), { recursive: true });
      symlinkSync(other, join(cache, "runbook"));
      poison();
      chownSync(other, someoneElse, someoneElse);
    },
  ],
])("%s", async (_, believed, change) => {
  if (!isRoot) return;
  using pages = temporaryPages({ "a.md": runbookPage("a", { body: rightStep }) });
  expect(await textRead(pages.dir)).toBe("true");
  poison();
  change();
  expect(await textRead(pages.dir)).toBe(believed ? "evil" : "true");
});

test("nothing is written where others could have planted a link", async () => {
  if (!isRoot) return;
  using pages = temporaryPages({ "a.md": runbookPage("a", { body: rightStep }) });
  mkdirSync(join(cache, "runbook/read"), { recursive: true });
  chownSync(join(cache, "runbook"), someoneElse, someoneElse);
  await loadLibrary(pages.dir);
  await findRunbooks(pages.dir);
  expect(readdirSync(join(cache, "runbook"), { recursive: true })).toEqual(["read"]);
});

test("who else may write is told with the first folder that lets them", () => {
  const inner = join(cache, "a/b");
  mkdirSync(inner, { recursive: true });
  expect(othersWhoWrite(inner)).toBeUndefined();
  chmodSync(join(cache, "a"), 0o777);
  expect(othersWhoWrite(inner)).toEqual({ path: join(cache, "a"), why: "mode", uid: statSync(inner).uid });
  // In a sticky folder nobody renames what is another's.
  chmodSync(join(cache, "a"), 0o1777);
  expect(othersWhoWrite(inner)).toBeUndefined();
  expect(othersWhoWrite(inner, someoneElse)?.path ?? "root's").toBe(isRoot ? "root's" : inner);
});
