import { expect, test } from "vitest";
import { spell } from "../../../src/site/search/spelling.ts";
import { vocabularyOf } from "../../../src/site/search/vocabulary.ts";

const vocabulary = [
  "docker",
  "container",
  "compose",
  "address",
  "static",
  "virtualization",
  "snapshots",
  "open",
  "mount",
];

test.each([
  ["dockr compse", "docker compose", ["dockr", "compse"]],
  ["contianer static adress", "container static address", ["contianer", "adress"]],
  ["Virtualisation", "virtualization", ["Virtualisation"]],
])("%s is searched for as %s", (typed, term, mistyped) => {
  expect(spell(typed, vocabulary)).toEqual({ term, mistyped });
});

test.each([
  ["a word that is there", "Docker"],
  ["the beginning of a word, which may go on", "snapsh"],
  ["a word of another kind of thing, which is near none", "openvz"],
  ["a name with digits or signs", "dockr2 lxc_nt0 /etc/compse"],
  ["a word of three letters, near which too many are", "moun lxx"],
  ["a pasted message, which has somebody's own names", "error in contianer of dockr: no such compse file"],
  ["nothing", ""],
])("%s stays as it is typed", (_what, typed) => {
  expect(spell(typed, vocabulary)).toEqual({ term: typed, mistyped: [] });
});

test("of two words as near the one that more pages have is meant", () => {
  expect(spell("mouse", ["house", "moose"]).term).toBe("house");
});

test("the words of pages are whole words of letters, those of most pages first", () => {
  const pages = [
    "A Bridge, and a bridge: [its manual](https://example.org/zebra).",
    "the bridge lxcbr0 of net_cls on the host",
  ];
  expect(vocabularyOf(pages)).toEqual(["bridge", "manual", "host"]);
});
