import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Link, Root } from "mdast";
import remarkMdx from "remark-mdx";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { VFile } from "vfile";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { element, text } from "../../src/site/markdown/element.ts";
import { termsOf } from "../../src/site/markdown/links/glossary.ts";
import { remarkGlossaryLinks } from "../../src/site/markdown/links/glossary-links.ts";
import { plainText } from "../../src/site/markdown/links/headings.ts";

const glossary = `---
title: G
---

### bridge

A switch in \`software\`, of
the [kernel](https://example.org).

See [networking](topics/networking.mdx#bridges).

### VM exit

A switch.

Also: VMEXIT, world switch.

### user namespace

Ids.

### namespace

A list.

### capabilities

<!-- linked as: capability, capabilities -->

Pieces.

### cgroup v1 and v2

<!-- linked as: cgroup v2 -->

Two.

### run

<!-- never linked -->

One.

### guard

<!-- linked on: authors, reference/events.md -->

Shell.

## Others

### proxy

The last.
`;

let content = "";
beforeAll(() => {
  content = mkdtempSync(join(tmpdir(), "glossary-"));
  writeFileSync(join(content, "glossary.md"), glossary);
});
afterAll(() => rmSync(content, { recursive: true }));

function treeOf(value: string, path = "a.md", base = "/notes/"): Root {
  const processor = unified().use(remarkParse).use(remarkGlossaryLinks, { content, base });
  if (path.endsWith(".mdx")) processor.use(remarkMdx);
  const file = new VFile({ value, path: join(content, path) });
  return processor.runSync(processor.parse(file), file) as Root;
}

/** The words of a page that are linked, each with its entry. */
function linked(value: string, path?: string): string[] {
  const found: string[] = [];
  visit(treeOf(value, path), "link", ({ url, children: [child], data }: Link) => {
    if (data && "hProperties" in data)
      found.push(`${(child as { value: string }).value} ${url.replace("/notes/glossary/", "")}`);
  });
  return found;
}

test("an entry is its heading, its first paragraph and what it asks for", () => {
  const terms = termsOf(unified().use(remarkParse).parse(glossary));
  expect(terms[0]).toEqual({
    anchor: "bridge",
    words: ["bridge"],
    definition: "A switch in software, of the kernel.",
    explainedOn: ["topics/networking.mdx"],
    linkedOn: [],
  });
  expect(terms.slice(1).map(({ words }) => words)).toEqual([
    ["VM exit", "VMEXIT", "world switch"],
    ["user namespace"],
    ["namespace"],
    ["capability", "capabilities"],
    ["cgroup v2"],
    [],
    ["guard"],
    ["proxy"],
  ]);
});

describe("a word is linked", () => {
  test("where it is used first, and there only", () => {
    expect(linked("A bridge here.\n\nA bridge there, and bridges.")).toEqual(["bridge #bridge"]);
  });

  test("in lists, quotes and emphasis", () => {
    expect(linked("- one *bridge*\n")).toEqual(["bridge #bridge"]);
    expect(linked("> one **bridge**\n")).toEqual(["bridge #bridge"]);
  });

  test.each([
    ["Bridges are switches", ["Bridges #bridge"]],
    ["each VM exit, world\nswitch", ["VM exit #vm-exit"]],
    ["a world\nswitch", ["world\nswitch #vm-exit"]],
    ["VMEXITs", ["VMEXITs #vm-exit"]],
    ["vm exit", []],
    ["two proxies, a proxy", ["proxies #proxy"]],
    ["Capability", ["Capability #capabilities"]],
    ["(bridge), bridge’s “bridge”.", ["bridge #bridge"]],
    ["under cgroup v2.", ["cgroup v2 #cgroup-v1-and-v2"]],
  ])("%j in its forms", (text, expected) => {
    expect(linked(text)).toEqual(expected);
  });

  test.each([
    "bridged",
    "abridge",
    "a bridge-utils package",
    "non-bridge",
    "/sys/bridge",
    "bridge/x",
    "bridge.conf",
    "bridge=1",
    "br.bridge",
    "_bridge",
  ])("not in %j, which is another word", (text) => {
    expect(linked(text)).toEqual([]);
  });

  test("as a whole: no shorter one within it, even where it is not linked again", () => {
    expect(linked("A user namespace, a user namespace")).toEqual(["user namespace #user-namespace"]);
  });

  test("at its first use in prose, whatever stands before", () => {
    const before = [
      "# The bridge",
      "[the bridge](x.md)",
      "`bridge`",
      "```sh\nbridge\n```",
      "[bridge][1]\n\n[1]: https://example.org",
      "<!-- bridge -->",
      '<a href="x">the bridge</a>',
      "![bridge](x.png)",
    ];
    for (const one of before) expect(linked(`${one}\n`), one).toEqual([]);
    expect(linked(`${before.join("\n\n")}\n\nThe bridge.`)).toEqual(["bridge #bridge"]);
  });

  test("not in a table, nor in what other plugins made", () => {
    const table = { type: "table", children: [{ type: "tableRow", children: [text("bridge")] }] };
    const tree = { type: "root", children: [table, element("div", {}, [text("bridge")])] } as Root;
    const run = remarkGlossaryLinks({ content, base: "/" });
    run(tree, new VFile({ path: join(content, "a.md") }));
    expect(JSON.stringify(tree)).not.toContain("#bridge");
  });

  test("not on a page that explains it, nor on the glossary's own", () => {
    expect(linked("A bridge.", "topics/networking.mdx")).toEqual([]);
    expect(linked("A bridge.", "glossary.md")).toEqual([]);
  });

  test("only on the pages that its entry names", () => {
    expect(linked("A guard.", "lxc/lxc-new.md")).toEqual([]);
    expect(linked("A guard.", "authors/write.md")).toEqual(["guard #guard"]);
    expect(linked("A guard.", "reference/events.md")).toEqual(["guard #guard"]);
  });

  test("in MDX too, in a component's text, and not in an expression", () => {
    expect(linked("{bridge}\n\n<Tabs>\n\nA bridge.\n\n</Tabs>\n", "a.mdx")).toEqual(["bridge #bridge"]);
  });
});

test("what the used words mean stands hidden at the end, as the links' description", () => {
  const tree = treeOf("The bridge and the proxy.");
  expect(tree.children.at(-1)).toMatchObject({
    data: { hName: "div", hProperties: { hidden: true } },
    children: [
      { data: { hProperties: { id: "term-bridge" } }, children: [{ value: "A switch in software, of the kernel." }] },
      { data: { hProperties: { id: "term-proxy" } } },
    ],
  });
  const { children } = tree.children[0] as { children: { data?: object }[] };
  expect(children[1]?.data).toEqual({ hProperties: { className: ["term"], ariaDescribedBy: "term-bridge" } });
  expect(treeOf("Nothing.").children).toHaveLength(1);
});

test("the text stays what it was", () => {
  const value = "A user namespace, a bridge; two proxies.";
  expect(plainText(treeOf(value).children[0] ?? {})).toBe(value);
});

test("a glossary that changes is read again, and one that is not there links nothing", () => {
  const folder = mkdtempSync(join(tmpdir(), "glossary-"));
  const run = remarkGlossaryLinks({ content: folder, base: "/" });
  const linksIn = () => {
    const tree = unified().use(remarkParse).parse("A bridge.");
    run(tree, new VFile({ path: join(folder, "a.md") }));
    return JSON.stringify(tree).includes("#bridge");
  };
  expect(linksIn()).toBe(false);
  writeFileSync(join(folder, "glossary.md"), glossary);
  expect(linksIn()).toBe(true);
  rmSync(folder, { recursive: true });
});

describe("the glossary", () => {
  const pages = join(import.meta.dirname, "../../content");
  const terms = termsOf(
    unified()
      .use(remarkParse)
      .parse(readFileSync(join(pages, "glossary.md"), "utf8")),
  );
  const files = readdirSync(pages, { recursive: true, encoding: "utf8" });

  test("has each word once, and an anchor for each entry", () => {
    const words = terms.flatMap((term) => term.words);
    const anchors = terms.map(({ anchor }) => anchor);
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
    expect(anchors.filter((anchor, at) => anchors.indexOf(anchor) !== at)).toEqual([]);
  });

  test.each(terms)("says in one to three sentences what $anchor is", ({ definition }) => {
    expect(definition).toMatch(/[.]$/);
    expect(definition.length).toBeGreaterThan(30);
    expect(definition.length).toBeLessThanOrEqual(240);
    expect(definition).not.toMatch(/^(See|Also)/);
  });

  test("names only pages and folders that there are", () => {
    const places = terms.flatMap(({ explainedOn, linkedOn }) => [...explainedOn, ...linkedOn]);
    expect(places.filter((place) => !files.includes(place))).toEqual([]);
  });
});
