import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { afterAll, expect, test } from "vitest";
import { readHistory } from "../../../src/site/history/git-history.ts";

const work = mkdtempSync(join(tmpdir(), "history-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const hasGit = (await execa("git", ["--version"], { reject: false })).exitCode === 0;

/** A checkout with two commits of pages, a name with a letter beyond ASCII among them. */
async function checkout(name: string): Promise<string> {
  const folder = join(work, name);
  mkdirSync(join(folder, "content"), { recursive: true });
  const who = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@a", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@a" };
  const git = (...args: string[]) => execa("git", args, { cwd: folder, env: who });
  await git("init", "--quiet");
  for (const [page, subject] of [
    ["one", "Begin"],
    ["zwölf", "Add the second"],
  ]) {
    writeFileSync(join(folder, `content/${page}.md`), "text\n");
    writeFileSync(join(folder, `${page}.txt`), "no page\n");
    await git("add", ".");
    await git("commit", "--quiet", "--message", subject ?? "");
  }
  return folder;
}

test.skipIf(!hasGit)("git tells who changed what", async () => {
  const changes = readHistory(await checkout("whole"), "content");
  expect(changes.map(({ file, subject }) => `${subject}: ${file}`)).toEqual([
    "Add the second: content/zwölf.md",
    "Begin: content/one.md",
  ]);
});

test.skipIf(!hasGit)("a shallow clone says of no page that its oldest commit wrote it", async () => {
  const whole = await checkout("deep");
  const shallow = join(work, "shallow");
  await execa("git", ["clone", "--quiet", "--depth=1", pathToFileURL(whole).href, shallow]);
  expect(readHistory(shallow, "content")).toEqual([]);
});

test("where there is no checkout there is no history", () => {
  expect(readHistory(work, "content")).toEqual([]);
});

test("nor where there is no git", async () => {
  const path = process.env["PATH"];
  process.env["PATH"] = work;
  try {
    expect(readHistory(process.cwd(), "content")).toEqual([]);
  } finally {
    process.env["PATH"] = path;
  }
});
