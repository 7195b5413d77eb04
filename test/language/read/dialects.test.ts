import { describe, expect, test } from "vitest";
import { mendText } from "../../../src/language/check/mend.ts";
import type { Dialect } from "../../../src/language/model/dialect.ts";
import { readFrontmatter } from "../../../src/language/read/frontmatter/summary.ts";
import { readPage } from "../../../src/language/read/read-page.ts";

const head = "---\nrunbook: { id: x }\n---\n";

async function read(text: string, dialect: Dialect) {
  const settings = { dialect, defaults: {}, targets: {} };
  const { runbook, diagnostics } = await readPage(text, { file: "x.md", settings });
  return {
    id: runbook?.id,
    steps: runbook?.steps.map(({ id, fence }) => [id, fence.text, fence.lines[0]?.line, fence.lines[0]?.column]) ?? [],
    codes: diagnostics.map(({ code, span }) => `${code} ${span.start.line}`),
  };
}

/** The same step as MkDocs shows it. */
const braced = (text: string) => text.replaceAll(/```sh ([^\n]*)/g, "```{.sh $1}");

const step = (id: string, indent = "") =>
  [`${indent}\`\`\`sh step="${id}"`, `${indent}echo ${id}`, `${indent}\`\`\``].join("\n");

describe("MkDocs", () => {
  test.each([
    '!!! note "Title"\n\n{4}',
    "!!! warning\n{4}",
    "???+ tip\n    Text\n\n{4}",
    '=== "Debian"\n\n{4}',
    "Text\n!!! note\n{4}",
    "- item\n\n    !!! note\n\n{8}",
    '!!! note\n\n    === "Tab"\n\n{8}',
    "> !!! note\n>\n> {4}",
  ])("a fence in %j is a step at its place", async (frame) => {
    const indent = frame.includes("{8}") ? 8 : 4;
    const quote = frame.includes("> {") ? "> " : "";
    const fence = step("a", `${quote}${" ".repeat(indent)}`);
    const text = `${head}${frame.replace(/(?:> )?\{\d\}/, fence)}\n\nText.\n`;
    const line = text.slice(0, text.indexOf("echo a")).split("\n").length;
    const { steps, codes } = await read(braced(text), "mkdocs");
    expect(codes).toEqual([]);
    expect(steps).toEqual([["a", "echo a", line, indent + quote.length + 1]]);
  });

  test("what is indented less ends the block, and text like a block in a fence stays text", async () => {
    const text = `${head}!!! note\n    Text\n${step("a")}\n\n\`\`\`sh step="b"\n!!! note\n    echo\n=== "x"\n\`\`\`\n`;
    const { steps, codes } = await read(braced(text), "mkdocs");
    expect(codes).toEqual([]);
    expect(steps.map(([id, shell]) => [id, shell])).toEqual([
      ["a", "echo a"],
      ["b", '!!! note\n    echo\n=== "x"'],
    ]);
  });

  test("a heading underlined with `===` and code indented on its own are what Markdown says", async () => {
    const text = `${head}Title\n===\n\n!!!\n\n${step("a", "    ")}\n`;
    expect((await read(braced(text), "mkdocs")).codes).toEqual(["lost-fence 9"]);
  });

  test("keys stand in braces, as MkDocs needs them; outside of braces they are an error with a mend", async () => {
    const forms = [
      '{.sh step="a"}',
      '{ #id .sh step="a" }',
      '{ .sh .annotate step="a" linenums="1" }',
      '{.sh step="a" timeout="5m" #id}',
    ];
    for (const form of forms) {
      const { steps, codes } = await read(`${head}\`\`\` ${form}\necho a\n\`\`\`\n`, "mkdocs");
      expect([form, steps.length, codes]).toEqual([form, 1, []]);
    }
    const text = `${head}${step("a")}\n`;
    const settings = { dialect: "mkdocs" as const, defaults: {}, targets: {} };
    const { diagnostics } = await readPage(text, { file: "x.md", settings });
    expect(diagnostics.map(({ code }) => code)).toEqual(["lost-fence"]);
    expect(mendText(text, diagnostics)).toBe(text.replace('sh step="a"', '{.sh step="a"}'));
    const wrong = await read(`${head}\`\`\`{.sh step="a" stpe="b"}\necho a\n\`\`\`\n`, "mkdocs");
    expect(wrong.codes).toEqual(["unknown-attribute 4"]);
  });

  test("without the dialect, the same fence is an error that names it", async () => {
    const settings = { dialect: "markdown" as const, defaults: {}, targets: {} };
    const { diagnostics } = await readPage(`${head}!!! note\n\n${step("a", "    ")}\n`, { file: "x.md", settings });
    expect(diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
      ["lost-fence", expect.stringContaining("--dialect mkdocs")],
    ]);
  });

  test("a file that is put into a step's text is an error", async () => {
    const text = `${head}\`\`\`sh step="a"\n--8<-- "install.sh"\n\`\`\`\n\n\`\`\`sh\n--8<-- "x"\n\`\`\`\n`;
    expect((await read(braced(text), "mkdocs")).codes).toEqual(["generated-text 5", "untagged-shell 8"]);
  });
});

describe("Docusaurus", () => {
  test("a `.md` page is MDX, with comments, ids of headings, notes and tabs", async () => {
    const text = `${head}
import Tabs from '@theme/Tabs';

# Title {#my-id}

<!-- A comment

${step("never")}
-->

:::note[Title]{.big}

${step("a")}

:::

<Tabs>
<TabItem value="x">

Text <!-- in a line --> more.

\`\`\`sh step="b"
echo "<!-- $A -->" {#x}
\`\`\`

</TabItem>
</Tabs>
`;
    const { steps, codes } = await read(text, "docusaurus");
    expect(codes).toEqual([]);
    expect(steps.map(([id, shell]) => [id, shell])).toEqual([
      ["a", "echo a"],
      ["b", 'echo "<!-- $A -->" {#x}'],
    ]);
  });

  test.each([
    ["A {brace}.\n", ["mdx-code 4"]],
    ["export const x = 1;\n", ["mdx-code 4"]],
    ["A <b.\n", ["mdx-syntax 4"]],
    ["<!-- no end\n", ["mdx-syntax 4"]],
  ])("%j is told", async (text, codes) => {
    expect((await read(head + text, "docusaurus")).codes).toEqual(codes);
  });
});

describe("Hugo", () => {
  const toml = '+++\ntitle = "Title"\n[runbook]\nid = "x"\n[runbook.params.NAME]\ndefault = "web"\n+++\n';

  test("frontmatter in TOML is read, in a page and in a list of pages", async () => {
    const { id, steps, codes } = await read(`${toml}{{< tabs >}}\n\n${step("a")}\n\n{{< /tabs >}}\n`, "hugo");
    expect([id, steps.length, codes]).toEqual(["x", 1, []]);
    expect(readFrontmatter(toml, "hugo")).toMatchObject({ id: "x", title: "Title" });
    expect(readFrontmatter(toml)).toEqual({ requires: [] });
  });

  test.each([
    ["ends of lines", toml.replaceAll("\n", "\r\n")],
    ["blanks behind its marks", toml.replaceAll("+++", "+++  ")],
    ["dotted keys", '+++\nrunbook.id = "x"\nrunbook.params.NAME.default = "web"\n+++\n'],
    ["tables in a line", '+++\nrunbook = { id = "x", params = { NAME = { default = "web" } } }\n+++\n'],
    ["values of other kinds", toml.replace("[runbook]", "big = 9223372036854775807\nday = 2020-01-01\n[runbook]")],
  ])("with %s it is the same", async (_what, front) => {
    const { id, steps, codes } = await read(`${front}\n${step("a", "")}\n`, "hugo");
    expect([id, steps.length, codes]).toEqual(["x", 1, []]);
  });

  test("is an error at its place where it is none, or says what no runbook may", async () => {
    expect((await read(`+++\ntitle = \n[runbook]\n+++\n${step("a")}\n`, "hugo")).codes).toEqual(["toml-syntax 2"]);
    expect((await read(toml.replace("params", "parms"), "hugo")).codes).toEqual(["unknown-key 3"]);
  });

  test("without the dialect, TOML is the error that it was", async () => {
    expect((await read(`${toml}${step("a")}\n`, "markdown")).codes).toEqual(["toml-frontmatter 1"]);
  });

  test("a shortcode in a step's text is an error, and YAML still counts", async () => {
    const text = `${head}\`\`\`sh step="a"\napt install thing={{< param version >}}\n\`\`\`\n`;
    expect((await read(text, "hugo")).codes).toEqual(["generated-text 5"]);
  });
});

describe("MyST", () => {
  test("fences in directives are steps; those that show code, and their options, are none", async () => {
    const text = `${head}\`\`\`\`{note} Title
:class: wide

${step("a")}
\`\`\`\`

::::{tab-set}
:::{tab-item} One
${step("b")}
:::
::::

\`\`\`{code-block} sh
:linenos:
echo x
\`\`\`

- item
  ~~~{tip}
  ${step("c").replaceAll("\n", "\n  ")}
  ~~~
  ${step("d").replaceAll("\n", "\n  ")}
`;
    const { steps, codes } = await read(text, "myst");
    expect(codes).toEqual([]);
    expect(steps.map(([id, shell]) => [id, shell])).toEqual(["a", "b", "c", "d"].map((id) => [id, `echo ${id}`]));
  });

  test.each([
    "```` {note}\n{}\n````",
    ":::  {tip}  Title\n{}\n:::",
    "~~~~{note}\n{~}\n~~~~",
    ":::::{tab-set}\n::::{tab-item} A\n:::{note}\n{}\n:::\n::::\n:::::",
    "````{admonition} T\n---\nclass: x\n---\n{}\n````",
    ":::{card}\n{}\n   :::",
  ])("a fence in %j is a step, with any ends of lines", async (frame) => {
    const fence = step("a");
    const text = `${head}${frame.replace("{}", fence).replace("{~}", fence.replaceAll("```", "~~~"))}\n`;
    for (const page of [text, text.replaceAll("\n", "\r\n")]) {
      const { steps, codes } = await read(page, "myst");
      expect([steps.map(([id, shell]) => [id, shell]), codes]).toEqual([[["a", "echo a"]], []]);
    }
  });

  test("a fence that its directive ends first is never closed", async () => {
    const text = `${head}\`\`\`{note}\n\`\`\`sh step="a"\necho a\n\`\`\`\n\nProse.\n`;
    expect((await read(text, "myst")).codes).toEqual(["unclosed-fence 5"]);
  });
});
