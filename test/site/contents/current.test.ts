import { expect, test } from "vitest";
import { currentLinks, markCurrent, withoutCurrent } from "../../../src/site/contents/current.ts";

type Entries = Parameters<typeof withoutCurrent>[0];

const link = (href: string, isCurrent: boolean) => ({
  type: "link",
  label: href,
  href,
  isCurrent,
  badge: undefined,
  attrs: {},
});
const entries = [
  link("/a/", false),
  { type: "group", label: "B", collapsed: true, badge: undefined, entries: [link("/b/", true), link("/b/c/", false)] },
] as Entries;

test("a list of contents without the page itself names no link as the page", () => {
  expect(currentLinks(entries)).toEqual(["/b/"]);
  expect(currentLinks(withoutCurrent(entries))).toEqual([]);
});

const html =
  '<a href="/a/" class="x">A</a><details open class="x"><summary>B</summary><a href="/b/" class="x">B</a></details>' +
  '<details class="x"><details class="x"><a href="/c/" class="x">C</a></details><details class="x"><a href="/d/?a&amp;b" class="x">D</a></details></details>';

test.each([
  ["of the top level", "/a/", '<a href="/a/" aria-current="page" class="x">A</a><details open class="x">'],
  [
    "in an open group",
    "/b/",
    '<details open class="x"><summary>B</summary><a href="/b/" aria-current="page" class="x">',
  ],
  [
    "in closed groups",
    "/c/",
    '<details open class="x"><details open class="x"><a href="/c/" aria-current="page" class="x">',
  ],
  [
    "after a closed group",
    "/d/?a&b",
    '</a></details><details open class="x"><a href="/d/?a&amp;b" aria-current="page" class="x">',
  ],
])("a link %s is marked as the page, with its groups open and no others", (_, href, marked) => {
  const result = markCurrent(html, [href]);
  expect(result).toContain(marked);
  expect(result.replace(' aria-current="page"', "").replaceAll("<details open", "<details")).toBe(
    html.replaceAll("<details open", "<details"),
  );
});

test("a page that is not in the list changes nothing", () => {
  expect(markCurrent(html, [])).toBe(html);
});
