import remarkFrontmatter from "remark-frontmatter";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { VFile } from "vfile";
import { expect, test } from "vitest";
import remarkRunbook from "../../src/language/remark-runbook.ts";
import { remarkStepCards } from "../../src/site/markdown/step-cards.ts";

const head = "---\ntitle: T\nrunbook:\n  id: t\n  targets:\n    box: env\n---\n\n";

interface Element {
  data?: { hName?: string; hProperties?: Record<string, unknown> };
}

/** The elements that the cards make of a page, outermost first. */
function elements(body: string): { name: string | undefined; properties: Record<string, unknown> | undefined }[] {
  const processor = unified().use(remarkParse).use(remarkFrontmatter).use(remarkRunbook).use(remarkStepCards);
  const file = new VFile({ value: head + body, path: "t.md" });
  const tree = processor.runSync(processor.parse(file), file);
  const found: ReturnType<typeof elements> = [];
  visit(tree, (node) => {
    const { data } = node as Element;
    if (data?.hName || data?.hProperties) found.push({ name: data.hName, properties: data.hProperties });
  });
  return found;
}

test("a step is a card with its id as anchor, its number and its target", () => {
  const found = elements('```sh step="make" on="box"\ntrue\n```\n\n```sh step="use"\ntrue\n```\n');
  expect(
    found.filter(({ properties }) => properties?.["dataStep"]).map(({ properties }) => properties?.["id"]),
  ).toEqual(["make", "use"]);
  expect(found.find(({ properties }) => properties?.["dataTarget"])?.properties).toMatchObject({ dataTarget: "box" });
});

test("a fence in a list becomes a card too", () => {
  const found = elements('- first\n\n  ```sh step="make"\n  true\n  ```\n');
  expect(found[0]).toMatchObject({ name: "div", properties: { id: "make" } });
});

test("a guard says whose it is", () => {
  const found = elements('```sh step="make"\ntrue\n```\n\n```sh guard="make"\ntrue\n```\n');
  expect(found.find(({ properties }) => properties?.["dataRole"])?.properties).toMatchObject({ dataRole: "guard" });
});

test("a heading leaves a step's anchor to the step", () => {
  const found = elements('## Make\n\n```sh step="make"\ntrue\n```\n\n## Make more\n');
  expect(found.filter(({ name }) => name === undefined)).toEqual([
    { name: undefined, properties: { id: "about-make" } },
  ]);
});

test("a page that is no runbook is left alone", () => {
  const processor = unified().use(remarkParse).use(remarkRunbook).use(remarkStepCards);
  const file = new VFile({ value: "```sh\ntrue\n```\n", path: "t.md" });
  expect(processor.runSync(processor.parse(file), file)).toMatchObject({ children: [{ type: "code" }] });
});
