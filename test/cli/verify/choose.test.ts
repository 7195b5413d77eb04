import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "../../../src/cli/context.ts";
import { chooseRunbooks } from "../../../src/cli/verify/choose.ts";
import { loadLibrary } from "../../../src/library/library.ts";

const root = mkdtempSync(join(tmpdir(), "runbook-choose-"));
const git = (...words: string[]) =>
  execa("git", ["-C", root, "-c", "user.name=a", "-c", "user.email=a@example.org", ...words]);

function page(id: string, text: string, requires: string[] = [], prose = ""): void {
  const head = `---\ntitle: ${id}\nrunbook:\n  id: ${id}\n  requires: [${requires.join(", ")}]\n---\n\n${prose}\n\n`;
  writeFileSync(join(root, `${id}.md`), `${head}\`\`\`sh step="s" sets="A"\nA=${text}\n\`\`\`\n`);
}

async function choose(words: string[], flags: Record<string, string> = {}): Promise<string[]> {
  const given = new Map(Object.entries(flags).map(([name, value]) => [name, [value]]));
  const context = { words, flags: given, contentDir: root, io: { cwd: "/" } } as unknown as Context;
  return await chooseRunbooks(context, (await loadLibrary(root)).runbooks);
}

beforeAll(async () => {
  page("a-last", "1", ["middle"]);
  page("middle", "1", ["z-first"]);
  page("z-first", "1");
  page("lone", "1");
  await git("init", "--quiet");
  await git("add", ".");
  await git("commit", "--quiet", "-m", "pages");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("what a runbook requires is proved before it", async () => {
  expect(await choose([])).toEqual(["lone", "z-first", "middle", "a-last"]);
  expect(await choose(["a-last", "middle", "middle"])).toEqual(["middle", "a-last"]);
});

test("an unknown one is refused with the nearest", async () => {
  await expect(choose(["midle"])).rejects.toMatchObject({
    code: "unknown-runbook",
    hint: expect.stringContaining("middle"),
  });
});

test("--changed takes what means something else, and what requires it; prose counts for nothing", async () => {
  page("lone", "1", [], "Other words.");
  expect(await choose([], { changed: "" })).toEqual([]);
  page("middle", "2", ["z-first"]);
  page("new", "1");
  expect(await choose([], { changed: "" })).toEqual(["new", "middle", "a-last"]);
  expect(await choose(["new", "lone"], { changed: "HEAD" })).toEqual(["new"]);
  await expect(choose([], { changed: "nowhere" })).rejects.toMatchObject({ code: "unknown-commit" });
});

test("--shard gives each runbook to one share", async () => {
  const shares = await Promise.all(["1/3", "2/3", "3/3"].map((shard) => choose([], { shard })));
  expect(shares.flat().sort()).toEqual(["a-last", "lone", "middle", "new", "z-first"]);
  expect(Math.max(...shares.map((share) => share.length))).toBe(2);
  await expect(choose([], { shard: "4/3" })).rejects.toMatchObject({ code: "bad-shard" });
  await expect(choose([], { shard: "x" })).rejects.toMatchObject({ code: "bad-shard" });
});
