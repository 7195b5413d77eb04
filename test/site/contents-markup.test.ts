import { expect, test } from "vitest";
import { type ContentsEntry, contentsMarkup } from "../../src/site/contents/contents-markup.ts";

const link = (label: string, isCurrent = false): ContentsEntry => ({
  type: "link",
  label,
  href: `/${label.toLowerCase()}/?a&b`,
  isCurrent,
  badge: undefined,
  attrs: {},
});
const group = (label: string, collapsed: boolean, ...entries: ContentsEntry[]): ContentsEntry => ({
  type: "group",
  label,
  collapsed,
  entries,
  badge: undefined,
});

/** The opening tags of groups, and what stands in their heads. */
const heads = (html: string): string[] =>
  [...html.matchAll(/<details( open)?><summary><span>([^<]*)/g)].map(([, open = "", label]) => `${label}${open}`);

test("a link has its address and its label as text, and the page that is open says so", () => {
  const html = contentsMarkup([link("A<b>"), link("Here", true)]);
  expect(html).toContain('<li><a href="/a&lt;b&gt;/?a&amp;b">A&lt;b&gt;</a></li>');
  expect(html).toContain('<li><a href="/here/?a&amp;b" aria-current="page">Here</a></li>');
});

test("a group is open unless it is collapsed, and one that holds the page is open", () => {
  const html = contentsMarkup([
    group("Open", false, link("One")),
    group("Closed", true, link("Two")),
    group("Far", true, group("Near", true, link("Here", true))),
  ]);
  expect(heads(html)).toEqual(["Open open", "Closed", "Far open", "Near open"]);
});

test("groups are counted in the order in which they stand, which is how Starlight's script finds them again", () => {
  const html = contentsMarkup([group("One", false, group("Two", false)), group("Three", false)]);
  const found = [...html.matchAll(/<span>(\w+)<\/span>|data-index="(\d+)"/g)].map(([, name, index]) => name ?? index);
  expect(found).toEqual(["One", "0", "Two", "1", "Three", "2"]);
});
