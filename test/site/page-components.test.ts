import remarkMdx from "remark-mdx";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { expect, test } from "vitest";
import { remarkPageComponents } from "../../src/site/markdown/page-components.ts";

function imports(text: string): unknown[] {
  const processor = unified().use(remarkParse).use(remarkMdx).use(remarkPageComponents, { Drawing: "/d.astro" });
  const tree = processor.runSync(processor.parse(text)) as unknown as { children: { type: string; data?: object }[] };
  return tree.children.filter(({ type }) => type === "mdxjsEsm");
}

test("a component that a page names is imported, once", () => {
  expect(imports('<Drawing system="lxc" />\n\n<Drawing system="kvm" />\n')).toMatchObject([
    { data: { estree: { body: [{ type: "ImportDeclaration", source: { value: "/d.astro" } }] } } },
  ]);
});

test("an element is left alone", () => {
  expect(imports("<kbd>a</kbd>\n")).toEqual([]);
});

test("another component is an error that says which there are", () => {
  expect(() => imports("<Card />\n")).toThrow("There is no component <Card>; pages may use Drawing.");
});
