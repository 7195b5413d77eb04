import type { Root } from "mdast";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { VFile } from "vfile";
import { expect, test } from "vitest";
import { remarkPageLinks } from "../../src/site/markdown/links/page-links.ts";

function rewritten(url: string, base: string): string | undefined {
  const processor = unified().use(remarkParse).use(remarkPageLinks, { content: "/c", base });
  const file = new VFile({ value: `[x](${url})`, path: "/c/lxc/lxc-new.md" });
  const found: string[] = [];
  visit(processor.runSync(processor.parse(file), file) as Root, "link", (node) => {
    found.push(node.url);
  });
  return found[0];
}

test.each([
  ["lxc-host.md", "/notes/lxc/lxc-host/"],
  ["./lxc-host.md#bridge", "/notes/lxc/lxc-host/#bridge"],
  ["../reference/language.mdx", "/notes/reference/language/"],
  ["../kvm/index.md", "/notes/kvm/"],
  ["../index.md", "/notes/"],
  ["../../README.md", "../../README.md"],
  ["https://example.org/a.md", "https://example.org/a.md"],
  ["/lxc/a.md", "/lxc/a.md"],
  ["#a.md", "#a.md"],
  ["picture.svg", "picture.svg"],
])("%s becomes %s", (url, expected) => {
  expect(rewritten(url, "/notes/")).toBe(expected);
  expect(rewritten(url, "/notes")).toBe(expected);
});

test("at the root of a server", () => {
  expect(rewritten("lxc-host.md", "/")).toBe("/lxc/lxc-host/");
});
