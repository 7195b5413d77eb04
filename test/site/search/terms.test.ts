import { expect, test } from "vitest";
import { holdsTitle, rankPages, searchTerm, wordsOf } from "../../../src/site/search/terms.ts";

test.each([
  ["kvm.enable_virt_at_load=0", "kvm.enable_virt_at_load 0"],
  ['type="pvh"', "type pvh"],
  ["--no-humanize", "--no-humanize"],
  ["/etc/subuid", "/etc/subuid"],
  ["  Permission denied,  (can't as uid:64055)", "Permission denied, (can't as uid:64055)"],
  ["", ""],
  ["how to install LXC", "install LXC"],
  ["How do I share a folder", "share a folder"],
  ["what is a bridge", "a bridge"],
  ["how to", "how to"],
  ["what isolates a container", "what isolates a container"],
])("%s is searched for as %s", (typed, term) => {
  expect(searchTerm(typed)).toBe(term);
});

test("a word counts once, and signs alone are none", () => {
  expect(wordsOf("the docker - / the x daemon")).toEqual(["the", "docker", "daemon"]);
});

const pages = (...ids: string[]) => ids.map((id) => ({ id, score: 1 }));

test("what few pages have counts more than what many have", () => {
  expect(rankPages([pages("a", "b", "c", "d"), pages("b"), pages("b")], 2)).toEqual(["b", "a"]);
  expect(rankPages([pages("a", "b", "c"), pages("a", "b", "c"), pages("c")], 1)).toEqual(["c"]);
  expect(rankPages([], 3)).toEqual([]);
});

test("a page that makes more of a word comes before one that only has it", () => {
  const found = [
    { id: "names it", score: 1 },
    { id: "is about it", score: 20 },
  ];
  expect(rankPages([found, pages("other")], 2)).toEqual(["other", "is about it"]);
});

test("what was pasted may hold the message that a page is named after", () => {
  const title = 'Failed to get "write" lock. Is another process using the image?';
  expect(holdsTitle('qemu-system-x86_64: -drive file=web.qcow2: Failed to get "write" lock', title)).toBe(true);
  expect(holdsTitle("failed to get a lock", title)).toBe(false);
  expect(holdsTitle("how to create a disk image", "Disk images")).toBe(false);
});
