import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makePlace, pageOf, runPage, undoPage } from "../../support/run-page.ts";

test("an undo whose folder is gone does not run in another one, and is done once the folder is there again", async () => {
  const { work } = makePlace({});
  const name = `runbook-test-${process.pid}.txt`;
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="app"', `mkdir ${work}/app\ncd ${work}/app\necho mine >${name}`],
      ['sh undo="app"', `rm --force ${name}`],
    ]),
  });
  const { result } = await runPage(place);
  rmSync(join(work, "app"), { recursive: true });
  const own = join(homedir(), name);
  writeFileSync(own, "a user's file");
  onTestFinished(() => rmSync(own, { force: true }));
  const failed = await undoPage(place, { run: result.run });
  expect(failed.steps.get("page/app")).toMatchObject({ outcome: "failed", error: { code: "folder-gone" } });
  expect(existsSync(own)).toBe(true);
  mkdirSync(join(work, "app"));
  expect((await undoPage(place, { run: result.run })).result.outcome).toBe("passed");
  expect(existsSync(own)).toBe(true);
});

test("a step that its folder's end kept from running is no work, and is not undone", async () => {
  const { work } = makePlace({});
  const place = makePlace({
    "page.md": pageOf([
      [
        'sh step="work" keeps="the trap takes it away"',
        `mkdir ${work}/app\ncd ${work}/app\ntrap 'rm -rf ${work}/app' EXIT`,
      ],
      ['sh step="try" keeps="it only looks"', `test -e ${work}/go`],
      ['sh step="build"', `touch ${work}/built`],
      ['sh undo="build"', `rm ${work}/built`],
    ]),
  });
  const first = await runPage(place);
  expect(existsSync(join(work, "app"))).toBe(false);
  writeFileSync(join(work, "go"), "");
  const resumed = await runPage(place, { resume: first.result.run, yes: true });
  expect(resumed.steps.get("page/try")).toMatchObject({ outcome: "failed", error: { code: "folder-gone" } });
  expect(existsSync(join(work, "built"))).toBe(false);
  writeFileSync(join(work, "built"), "by hand");
  const undone = await undoPage(place, { run: resumed.result.run });
  expect([...undone.steps.keys()]).toEqual([]);
  expect(existsSync(join(work, "built"))).toBe(true);
});
