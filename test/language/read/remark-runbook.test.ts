import { remark } from "remark";
import remarkFrontmatter from "remark-frontmatter";
import { VFile } from "vfile";
import { expect, test } from "vitest";
import type { Diagnostic, PageFence, Runbook } from "../../../src/language/index.ts";
import remarkRunbook from "../../../src/language/read/remark-runbook.ts";

const frontmatter = { title: "T", runbook: { id: "x", params: { PORT: { default: 22 } }, target: {} } };
const body = '\n\n\n```sh step="a" {1} title="x"\ntrue\n```\n\n```sh proof="b"\ntrue\n```\n\n```js\n1\n```\n';

interface Data {
  runbook?: Runbook;
  diagnostics: Diagnostic[];
  fences: PageFence[];
}

test("any pipeline gets the runbook, the diagnostics and the nodes' roles, and the page is left as it is", async () => {
  const text = `---\nrunbook: { id: x }\n---\n${body}`;
  const processor = remark().use(remarkFrontmatter).use(remarkRunbook);
  const file = new VFile({ value: text, path: "a.md" });
  const tree = processor.parse(file);
  await processor.run(tree, file);
  const { runbook, diagnostics, fences } = file.data as unknown as Data;
  expect(runbook).toMatchObject({ id: "x", file: "a.md", steps: [{ id: "a" }] });
  expect(diagnostics.map(({ code }) => code)).toEqual(["dangling-step"]);
  expect(file.messages.map(String)).toEqual(['a.md:11:7-11:16: The page has no step "b". Did you mean "a"?']);
  expect(file.messages[0]).toMatchObject({ ruleId: "dangling-step", source: "runbook", fatal: true });
  const nodes = tree.children.filter((node) => node.type === "code");
  expect(nodes.map(({ data }) => (data as { runbook?: PageFence }).runbook?.role)).toEqual([
    "step",
    "proof",
    undefined,
  ]);
  expect(nodes.map(({ data }) => (data as { runbook?: PageFence }).runbook)).toEqual(fences);
  expect(String(await processor.process(text))).toContain('```sh step="a" {1} title="x"');
});

test("where another tool has taken the frontmatter away, what it parsed is read", async () => {
  const file = new VFile({ value: `\n\n\n${body}`, path: "a.md", data: { astro: { frontmatter } } });
  const processor = remark().use(remarkRunbook, { messages: false });
  await processor.run(processor.parse(file), file);
  const { runbook, diagnostics } = file.data as unknown as Data;
  expect(runbook).toMatchObject({
    id: "x",
    title: "T",
    params: [{ name: "PORT", default: "22" }],
    steps: [{ id: "a" }],
  });
  expect(diagnostics.map(({ code, span }) => `${code} ${span.start.line}`)).toEqual([
    "unknown-key 1",
    "dangling-step 11",
  ]);
  expect(file.messages).toEqual([]);
});

test("a tree without its text is read too", async () => {
  const processor = remark().use(remarkFrontmatter).use(remarkRunbook, { messages: false });
  const file = new VFile({ path: "a.md" });
  await processor.run(processor.parse(`---\nrunbook: { id: x }\n---\n${body}`), file);
  const { runbook, diagnostics } = file.data as unknown as Data;
  expect(runbook?.steps.map(({ id }) => id)).toEqual(["a"]);
  expect(diagnostics.map(({ code }) => code)).toEqual(["dangling-step"]);
});
