import { describe, expect, test } from "vitest";
import { adoptPage } from "../../../src/language/adopt/adopt.ts";
import { checkPage } from "../../../src/language/check/page.ts";
import type { Dialect } from "../../../src/language/model/dialect.ts";
import { readPage } from "../../../src/language/read/read-page.ts";

const adopt = (text: string, more: { indented?: boolean; dialect?: Dialect; name?: string } = {}) => {
  const { dialect = "markdown", ...others } = more;
  return adoptPage(text, { file: "x.md", id: "x", settings: { dialect, defaults: {}, targets: {} }, ...others });
};

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`;

describe("a fence of shell", () => {
  test.each([
    ["sh", "true", 'sh step="title"'],
    ['bash title="a" {1}', "true", 'bash step="title" title="a" {1}'],
    ["Shell", "true", 'shell step="title"'],
    ["console", "$ true", 'console step="title"'],
    ["sh", "$ true\nout", 'console step="title"'],
    ["", "$ true", 'console step="title"'],
  ])("of %j with %j becomes %s", async (info, text, expected) => {
    const page = `# Title\n\n${fence(info, text)}`;
    const { text: made, tagged, left } = await adopt(page);
    expect(made).toBe(`---\nrunbook:\n  id: x\n---\n\n# Title\n\n${fence(expected, text)}`);
    expect([tagged, left]).toEqual([[{ line: 8, step: "title" }], []]);
  });

  test.each([
    ["sh", "thing <name>", "<name>"],
    ["sh", "thing [OPTIONS] file", "[OPTIONS]"],
    ["sh", "one\n...\ntwo", "left out"],
    ["sh", "if true; then", "Expected"],
    ["sh", "# only words", "no command"],
    ["console", "out\n$ true", "before the session's first command"],
    ["console", "root@web:~# ls", "This prompt"],
    ["zsh", "true", "`zsh`"],
    ["{.bash}", "true", "written `{.bash}`"],
    ["", "true", "It has no language"],
  ])("of %j with %j is left, and why is said", async (info, text, reason) => {
    const page = `# Title\n\n${fence(info, text)}`;
    const made = await adopt(page);
    expect(made.text).toBe(`---\nrunbook:\n  id: x\n---\n\n${page}`);
    expect(made.left).toEqual([{ line: 8, reason: expect.stringContaining(reason) }]);
  });

  test("of another language, or one that says that it is not run, is no shell", async () => {
    expect((await adopt(`${fence("python", "x = 1")}${fence('sh norun="why"', "x")}`)).left).toEqual([]);
  });
});

test.each([
  ["myst", "```{code-block} bash\n:linenos:\ntrue\n```", "`{code-block}`"],
  ["myst", "~~~~ {code}  console\n$ true\n~~~~", "`{code}`"],
  ["myst", "````{note}\n```{prompt} bash $\ntrue\n```\n````", "`{prompt}`"],
  ["hugo", "{{< highlight bash >}}\ntrue\n{{< /highlight >}}", "`highlight`"],
  ["hugo", 'Text:\n{{% highlight "sh" "linenos=table" %}}\ntrue\n{{% /highlight %}}', "`highlight`"],
  ["docusaurus", '<CodeBlock language="bash">\ntrue\n</CodeBlock>', "`CodeBlock`"],
  ["docusaurus", '<CodeBlock language="bash">true</CodeBlock>', "`CodeBlock`"],
] as const)("%s: shell in another form than a fence is left, and why is said: %j", async (dialect, shown, form) => {
  const { tagged, left } = await adopt(`# Title\n\n${shown}\n`, { dialect });
  expect([tagged, left.map(({ reason }) => reason)]).toEqual([[], [expect.stringContaining(form)]]);
  const python = shown.replace(/bash|console|"sh"|prompt/g, "python");
  expect((await adopt(`# Title\n\n${python}\n`, { dialect })).left).toEqual([]);
});

test("ids come from the heading above, each once", async () => {
  const sections = ["# Über die Éinrichtung", "## Don't `run` {#anchor}", "## 設定", "## Don't run"];
  const page = sections.map((heading) => `${heading}\n\n${fence("sh", "true")}`).join("\n");
  const { tagged } = await adopt(page);
  expect(tagged.map(({ step }) => step)).toEqual([
    "uber-die-einrichtung",
    "dont-run",
    "uber-die-einrichtung-2",
    "dont-run-2",
  ]);
});

const step = fence("sh", "true");

test.each([
  ["markdown", "---\ntitle: Set it up\n---\n", "set-it-up"],
  ["mkdocs", "---\ntitle: Set it up\n---\n", "set-it-up"],
  ["myst", "---\ntitle: 'Set it up'\n---\n(label)=\n", "set-it-up"],
  ["hugo", '+++\ntitle = "Set it up"\n+++\n', "set-it-up"],
  ["docusaurus", "---\ntitle: Set it up\nsidebar_label: Up\n---\n", "set-it-up"],
  ["markdown", "---\ntitle: 設定\n---\n", "the-file"],
  ["markdown", "", "the-file"],
  ["markdown", "---\ntitle: Set it up\n---\n\n## 設定\n\n", "set-it-up"],
  ["markdown", "---\ntitle: Set it up\n---\n\nFirst\n=====\n\n", "first"],
  ["markdown", '<h1 align="center"><img src="x.png"/>The <b>thing</b></h1>\n\n', "the-thing"],
  ["markdown", "<!-- <h1>Old</h1> -->\n\n", "the-file"],
  ["docusaurus", "<h2>The *thing*</h2>\n\n", "the-thing"],
  ["docusaurus", "## Do it {/* #anchor */}\n\n", "do-it"],
  ["markdown", "# ![The thing](logo.png)\n\n", "the-thing"],
  ["markdown", "## Do it <small>now</small>\n\n", "do-it-now"],
  ["hugo", '## Do it {{< badge "new" >}}\n\n', "do-it"],
] as const)("%s: after %j the step is called %s", async (dialect, before, expected) => {
  const { tagged, problem } = await adopt(before + step, { dialect, name: "the file" });
  expect([tagged.map((one) => one.step), problem]).toEqual([[expected], undefined]);
});

describe("the header", () => {
  test.each([
    ["---\ntitle: T\n---\ntext\n", "---\ntitle: T\nrunbook:\n  id: x\n---\ntext\n"],
    ["---\n---\ntext\n", "---\nrunbook:\n  id: x\n---\ntext\n"],
    ["\uFEFFtext\r\n", "\uFEFF---\r\nrunbook:\r\n  id: x\r\n---\r\n\r\ntext\r\n"],
    ["---\r\ntitle: T\r\n---\r\n", "---\r\ntitle: T\r\nrunbook:\r\n  id: x\r\n---\r\n"],
    ["text\n\n---\n\nmore", "---\nrunbook:\n  id: x\n---\n\ntext\n\n---\n\nmore"],
  ])("of %j", async (before, after) => {
    expect((await adopt(before)).text).toBe(after);
  });

  test("in TOML is written where the pages are Hugo's, else refused", async () => {
    const page = '+++\ntitle = "T"\n+++\n';
    expect((await adopt(page, { dialect: "hugo" })).text).toBe('+++\ntitle = "T"\n[runbook]\nid = "x"\n+++\n');
    expect((await adopt(page + fence("sh", "true"))).problem?.message).toMatch(/TOML/);
  });

  test.each([
    ["---\n{ title: T }\n---\n"],
    ["---\ntitle: [\n---\n"],
    ["---\nrunbook: { id: y }\n---\n"],
    [`${"- ".repeat(200)}x\n`],
  ])("of %j is not touched, and why is said", async (text) => {
    const { text: made, problem } = await adopt(text);
    expect(made).toBe(text);
    expect(problem?.message).toBeTruthy();
  });
});

describe("an indented block", () => {
  const page =
    "# Do\n\n    one --a\n\n    two\n\nText\n\n1. x\n\n       $ three\n       out\n\n> Quote\n>\n>     four\n\n-     five\n";

  test("is listed, and stays as it is", async () => {
    const { text, left } = await adopt(page);
    expect(text.endsWith(page)).toBe(true);
    expect(left.map(({ line }) => line)).toEqual([8, 16, 21, 23]);
  });

  test("becomes a fence where that is asked for", async () => {
    const { text, left } = await adopt(page, { indented: true });
    expect(text.slice(text.indexOf("# Do"))).toBe(
      '# Do\n\n```sh step="do"\none --a\n\ntwo\n```\n\nText\n\n1. x\n\n   ```console step="do-2"\n   $ three\n   out\n   ```\n\n' +
        '> Quote\n>\n> ```sh step="do-3"\n> four\n> ```\n\n-     five\n',
    );
    expect(left.map(({ reason }) => reason)).toEqual(["It stands directly behind the mark of a list."]);
  });
});

test("a page of MkDocs keeps its notes and tabs, and has no error afterwards", async () => {
  const page =
    '# Set up\n\n!!! note\n\n    ``` bash linenums="1"\n    apt-get install x\n    ```\n\n=== "Tab"\n\n    ```console\n    $ x\n    ```\n';
  const settings = { dialect: "mkdocs" as const, defaults: {}, targets: {} };
  const { text, tagged } = await adopt(page, { dialect: "mkdocs" });
  expect(tagged.map(({ step }) => step)).toEqual(["set-up", "set-up-2"]);
  const read = await readPage(text, { file: "x.md", settings });
  const errors = [...read.diagnostics, ...checkPage(read)].filter(({ severity }) => severity === "error");
  expect(errors).toEqual([]);
  expect(text).toContain('``` {.bash step="set-up" linenums="1"}\n');
  const untagged = text.replaceAll(/\{\.(\w+) step="[^"]*"(.*)\}/g, "$1$2");
  expect(untagged.replace("---\nrunbook:\n  id: x\n---\n\n", "")).toBe(page);
});
