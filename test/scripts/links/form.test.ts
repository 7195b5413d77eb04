import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findLinks, linksInData, linksInPage } from "../../../scripts/links/find.ts";
import { doubles, wrongForm } from "../../../scripts/links/form.ts";

const ours = findLinks(join(import.meta.dirname, "../../.."));

describe("the links to other sites in the notes", () => {
  test("have the right form", () => {
    expect(ours.length).toBeGreaterThan(300);
    const wrong = ours.flatMap(({ url, file, line }) => wrongForm(url).map((why) => `${file}:${line} ${url}: ${why}`));
    expect(wrong).toEqual([]);
  });

  test("name each source in one way", () => {
    expect(doubles(ours)).toEqual([]);
  });
});

describe("a wrong form is seen", () => {
  test.each([
    ["http://example.org/a", "not https"],
    ["https://example.org/a b", "no address"],
    ["//example.org/a", "no address"],
    ["https://me:secret@example.org/", "a name or a password"],
    ["https://Example.org/", "a host in capitals"],
    ["https://localhost/a", "a host without a domain"],
    ["https://example.org/a?utm_source=x", "follows the reader"],
    ["https://example.org/a.", "ends in the sentence's mark"],
    ["https://example.org/a#", "an empty anchor"],
    ["https://github.com/a/b/blob/main/c.md#L10", "a line of a branch that moves"],
    ["https://gitlab.com/a/b/-/blob/master/c.c#L1-3", "a line of a branch that moves"],
  ])("%s", (url, why) => {
    expect(wrongForm(url)).toContain(why);
  });

  test.each([
    "https://example.org/a?x=1#b",
    "https://github.com/a/b/blob/main/c.md",
    `https://github.com/a/b/blob/${"0123456789".repeat(4)}/c.md#L10`,
    "https://github.com/a/b/blob/v1.2.3/c.md#L10",
  ])("%s is right", (url) => {
    expect(wrongForm(url)).toEqual([]);
  });

  test("and one source under two addresses", () => {
    const link = (url: string) => ({ url, file: "a", line: 1 });
    const two = ["https://example.org/a", "https://www.example.org/a/"];
    expect(doubles(two.map(link))).toEqual([two]);
    expect(doubles(["https://example.org/a#b", "https://example.org/a#c"].map(link))).toEqual([]);
    expect(doubles(["https://a.org/en-us/b", "https://a.org/b"].map(link)).length).toBe(1);
  });
});

test("links are found where they stand, and addresses in code are none", () => {
  const text =
    "---\ntitle: a\n---\n\nSee [a](https://a.org/) and [b](b.md).\n\n| [c](https://c.org/x) |\n\n`https://d.org`\n\n```sh\nwget https://e.org\n```\n";
  expect(linksInPage(text, "p.md").map(({ url, line }) => `${line} ${url}`)).toEqual([
    "5 https://a.org/",
    "7 https://c.org/x",
  ]);
});

test("addresses in data are put together", () => {
  const text =
    'const docs = "https://a.org";\nconst more = `${docs}/b`;\n  cell(`${more}/e`, "https://c.org/d"),\n];\n';
  expect(linksInData(text, "d.ts").map(({ url, line }) => `${line} ${url}`)).toEqual([
    "3 https://a.org/b/e",
    "3 https://c.org/d",
  ]);
});
