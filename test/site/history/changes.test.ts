import { expect, test } from "vitest";
import { changesOf, lastChanges } from "../../../src/site/history/changes.ts";

const log = [
  "\x01c3\x022026-11-03T10:00:00Z\x02Mend one\n\ncontent/one.md\n",
  "\x01c2\x022026-11-02T10:00:00Z\x02Mend both\n\ncontent/one.md\ncontent/two words.md\n",
  "\x01c1\x022026-11-01T10:00:00Z\x02Begin\n\ncontent/one.md\ncontent/two words.md\ncontent/three.md\n",
].join("\n");

test("a change is a page and a commit, the latest first", () => {
  const changes = changesOf(log, new Set());
  expect(changes.map(({ commit, file }) => `${commit} ${file}`)).toEqual([
    "c3 content/one.md",
    "c2 content/one.md",
    "c2 content/two words.md",
    "c1 content/one.md",
    "c1 content/two words.md",
    "c1 content/three.md",
  ]);
  expect(changes[0]).toMatchObject({ date: "2026-11-03T10:00:00Z", subject: "Mend one" });
});

test("the commit at which history was cut off tells nothing", () => {
  const dates = lastChanges(changesOf(log, new Set(["c1"])));
  expect(dates.get("content/one.md")).toEqual(new Date("2026-11-03T10:00:00Z"));
  expect(dates.get("content/two words.md")).toEqual(new Date("2026-11-02T10:00:00Z"));
  expect(dates.has("content/three.md")).toBe(false);
});

test("no history has no changes", () => {
  expect(changesOf("", new Set())).toEqual([]);
});
