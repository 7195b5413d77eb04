import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePlace, type Place, pageOf, runPage, undoPage } from "../support/run-page.ts";
import { ends, run } from "../support/steps.ts";

function placeWith(steps: (place: Place) => [string, string][]): Place {
  const place = makePlace({});
  mkdirSync(place.content);
  writeFileSync(join(place.content, "page.md"), pageOf(steps(place)));
  return place;
}

test("nothing runs where the shell's folder is gone, and the page's place is told", async () => {
  const { work } = makePlace({});
  const done = await run(`mkdir ${work}/d\ncd ${work}/d\nrmdir ${work}/d`, `touch ${work}/ran`, "cd /");
  expect(ends(done)).toEqual(["passed", "folder-gone null", "folder-gone null"]);
  expect(done.steps.get("page/s2")?.error?.message).toContain(`${work}/d`);
  expect(existsSync(join(work, "ran"))).toBe(false);
});

test.each(["when", "guard", "proof"])("nor does a %s", async (role) => {
  const place = placeWith(({ work }) => [
    ['sh step="go"', `mkdir ${work}/d\ncd ${work}/d\nrmdir ${work}/d`],
    ['sh step="next"', `touch ${work}/ran`],
    [`sh ${role}="next"`, `touch ${work}/ran`],
  ]);
  const done = await runPage(place);
  expect(done.steps.get("page/next")).toMatchObject({ outcome: "failed", error: { code: "folder-gone" } });
  expect(existsSync(join(place.work, "ran"))).toBe(false);
});

test("a folder that an EXIT trap took away is no reason to go on in another one", async () => {
  const place = placeWith(({ work }) => [
    ['sh step="work"', `work=${work}/d\nmkdir "$work"\ntrap 'rm -rf "$work"' EXIT\ncd "$work"`],
    ['sh step="try"', `test -e ${work}/go`],
    ['sh step="build"', `pwd\ntouch ${work}/ran`],
  ]);
  const first = await runPage(place);
  expect(existsSync(join(place.work, "d"))).toBe(false);
  writeFileSync(join(place.work, "go"), "");
  const second = await runPage(place, { resume: first.result.run, yes: true });
  expect(second.steps.get("page/try")).toMatchObject({ outcome: "failed", error: { code: "folder-gone" } });
  expect(existsSync(join(place.work, "ran"))).toBe(false);
  // The way on.
  mkdirSync(join(place.work, "d"));
  const third = await runPage(place, { resume: second.result.run, yes: true });
  expect(third.output("build")).toBe(`${place.work}/d\n`);
});

test("an undo runs in its step's folder, or not at all", async () => {
  const place = placeWith(({ work }) => [
    ['sh step="app"', `mkdir ${work}/app\ncd ${work}/app\necho mine >notes.txt`],
    ['sh undo="app"', `touch ${work}/undone\nrm --force notes.txt`],
  ]);
  const first = await runPage(place);
  rmSync(join(place.work, "app"), { recursive: true });
  const undone = await undoPage(place, { run: first.result.run }, { yes: true });
  expect(undone.steps.get("page/app")).toMatchObject({ outcome: "failed", error: { code: "folder-gone" } });
  expect(existsSync(join(place.work, "undone"))).toBe(false);
  mkdirSync(join(place.work, "app"));
  writeFileSync(join(place.work, "app/notes.txt"), "");
  const again = await undoPage(place, { run: first.result.run }, { yes: true });
  expect(again.steps.get("page/app")).toMatchObject({ outcome: "passed" });
  expect(existsSync(join(place.work, "app/notes.txt"))).toBe(false);
});

test("a file is put back though an earlier undo took the shell's folder away", async () => {
  const place = placeWith(({ work }) => [
    [`text step="file" file="${work}/file"`, "text"],
    ['sh step="app"', `mkdir ${work}/app\ncd ${work}/app`],
    ['sh undo="app"', `cd /\nrmdir ${work}/app`],
  ]);
  const first = await runPage(place);
  const undone = await undoPage(place, { run: first.result.run }, { yes: true });
  expect(undone.result.outcome).toBe("passed");
  expect(existsSync(join(place.work, "file"))).toBe(false);
});

test("a folder that was moved is the same folder; one put in its place is another", async () => {
  const { work } = makePlace({});
  const done = await run(
    `mkdir ${work}/d\ncd ${work}/d\nmv ${work}/d ${work}/e`,
    "touch here",
    `rmdir ${work}/e 2>/dev/null || rm -r ${work}/e\nmkdir ${work}/e`,
    "touch there",
  );
  expect(ends(done)).toEqual(["passed", "passed", "passed", "folder-gone null"]);
  expect(existsSync(join(work, "e/there"))).toBe(false);
});

test("a link to a folder is kept as the page entered it, and OLDPWD with it", async () => {
  const place = placeWith(({ work }) => [
    ['sh step="enter"', `mkdir -p ${work}/src ${work}/real\nln -s real ${work}/link\ncd ${work}/src\ncd ${work}/link`],
    ['sh step="stop"', `test -e ${work}/go`],
    ['sh step="back"', "pwd\npwd -P\ncd -"],
  ]);
  const first = await runPage(place);
  writeFileSync(join(place.work, "go"), "");
  const second = await runPage(place, { resume: first.result.run, yes: true });
  const { work } = place;
  expect(second.output("back")).toBe(`${work}/link\n${work}/real\n${work}/src\n`);
});
