import remarkFrontmatter from "remark-frontmatter";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { VFile } from "vfile";
import { expect, test } from "vitest";
import remarkRunbook from "../../src/language/read/remark-runbook.ts";
import { remarkStepCards } from "../../src/site/markdown/step-cards.ts";

const head = "---\ntitle: T\nrunbook:\n  id: t\n  targets:\n    box: env\n---\n\n";

interface Element {
  data?: { hName?: string; hProperties?: Record<string, unknown> };
}

/** A page with its cards. */
function cardsOf(body: string) {
  const processor = unified().use(remarkParse).use(remarkFrontmatter).use(remarkRunbook).use(remarkStepCards);
  const file = new VFile({ value: head + body, path: "t.md" });
  return processor.runSync(processor.parse(file), file);
}

/** The elements that the cards make of a page, outermost first. */
function elements(body: string): { name: string | undefined; properties: Record<string, unknown> | undefined }[] {
  const tree = cardsOf(body);
  const found: ReturnType<typeof elements> = [];
  visit(tree, (node) => {
    const { data } = node as Element;
    if (data?.hName || data?.hProperties) found.push({ name: data.hName, properties: data.hProperties });
  });
  return found;
}

test("a step is a card with its number and target, and a heading with its id as anchor", () => {
  const found = elements('```sh step="make" on="box"\ntrue\n```\n\n```sh step="use"\ntrue\n```\n');
  expect(found.flatMap(({ properties }) => properties?.["dataStep"] ?? [])).toEqual(["make", "use"]);
  expect(found.flatMap(({ properties }) => properties?.["dataTarget"] ?? [])).toEqual(["box", "host"]);
  expect(found.filter(({ name }) => name === "h2").map(({ properties }) => properties?.["id"])).toEqual([
    "make",
    "use",
  ]);
});

test("who hears where a step runs hears its parts apart", () => {
  const lines: string[] = [];
  visit(cardsOf('```ini step="make" on="box" file="/etc/x" retry="2"\na\n```\n'), (node) => {
    if (String((node as Element).data?.hProperties?.["className"]) !== "step-where") return;
    let line = "";
    visit(node, "text", ({ value }: { value: string }) => {
      line += value;
    });
    lines.push(line);
  });
  expect(lines).toEqual([expect.stringMatching(/^in box entered by env .* writes \/etc\/x 2 attempts$/)]);
});

test("a fence in a list becomes a card too", () => {
  const found = elements('- first\n\n  ```sh step="make"\n  true\n  ```\n');
  expect(found[0]).toMatchObject({ name: "div", properties: { dataStep: "make" } });
});

test("a guard is folded into its step's card, and a section that only had that goes", () => {
  const found = elements('```sh step="make"\ntrue\n```\n\n## Checks\n\n```sh guard="make"\ntrue\n```\n');
  const names = found.map(({ name }) => name);
  expect(names.indexOf("details")).toBeGreaterThan(0);
  expect(found.at(-2)).toMatchObject({ name: "p", properties: { className: ["step-part-head"] } });
  expect(found.at(-1)).toMatchObject({ name: "div", properties: { dataTranscriptOf: "make" } });
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
