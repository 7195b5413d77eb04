import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePlace, pageOf, runPage, undoPage } from "../support/run-page.ts";

test("pages that can't be read keep no other page from being run and undone", async () => {
  const place = makePlace({});
  const made = join(place.work, "made");
  const text = pageOf([
    ['sh step="make"', `touch ${made}`],
    ['sh guard="make"', `[ -e ${made} ]`],
    ['sh undo="make"', `rm ${made}`],
  ]);
  const { content, state, work } = makePlace({ "page.md": text });
  const bad = (name: string): string => join(content, name);
  symlinkSync(bad("itself.md"), bad("itself.md"));
  writeFileSync(bad("long.md"), "word ".repeat(2_000_000));
  writeFileSync(bad("deep.md"), "> ".repeat(1500));
  writeFileSync(bad("bytes.md"), Buffer.from([0xff, 0, 0xfe]));
  writeFileSync(bad("keys.md"), "---\nrunbook: { valueOf: x, __proto__: { id: page } }\n---\n");
  const done = await runPage({ content, state, work });
  expect(done.result.outcome).toBe("passed");
  expect(existsSync(made)).toBe(true);
  const undone = await undoPage({ content, state, work }, { run: done.result.run });
  expect(undone.result.outcome).toBe("passed");
  expect(existsSync(made)).toBe(false);
});
