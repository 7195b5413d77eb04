import fc from "fast-check";
import { expect, test } from "vitest";
import { readPage } from "../../../src/language/index.ts";

const above = fc.constantFrom(
  ...[
    "",
    "Prose.",
    "# Title",
    "- item",
    "1. item",
    "> quote",
    "<div>",
    "</div>",
    "<Tabs>",
    "<details><summary>x</summary>",
  ],
  ...[
    "!!! note",
    '=== "Tab"',
    "[^1]: note",
    "Term",
    ":   ",
    "| a | b |",
    "|---|---|",
    "    indented",
    "---",
    "***",
    "<b>x</b>",
  ],
  ...[
    "[a]: https://example.org",
    "<br>",
    "`code`",
    "``",
    "<?php",
    "<pre>",
    "</pre>",
    ":::note",
    ":::",
    "\ttab",
    "* * *",
    "text\\",
  ],
);
const info = fc.constantFrom(
  ...[
    'sh step="x"',
    'sh  step="x" keeps="y"',
    'sh title="t" step="x"',
    'bash {1} step="x"',
    "sh step='x'",
    'sh\tstep="x"',
  ],
  ...[
    'SH step="x"',
    'sh {step="x"}',
    'sh Step="x"',
    'sh step = "x"',
    'step="x"',
    'sh,step="x"',
    'sh step="x',
    "sh step=x",
  ],
  ...['console step="x"', '{.sh step="x"}', 'sh step="x" keeps="`a`"', 'sh step="x"guard="y"', 'sh&#32;step="x"'],
);
const prefix = fc.constantFrom(
  "",
  "  ",
  "    ",
  "\t",
  "> ",
  "- ",
  "1. ",
  "        ",
  "* - ",
  "text ",
  ": ",
  "[^2]: ",
  "\u00a0",
  "> > ",
  "|",
);
const marks = fc.constantFrom("```", "````", "~~~", "``");

test("a tagged fence is a step, or an error says why it is none, whatever stands around it", async () => {
  const page = fc.tuple(
    fc.array(above, { maxLength: 4 }),
    prefix,
    marks,
    info,
    fc.boolean(),
    fc.array(above, { maxLength: 3 }),
  );
  await fc.assert(
    fc.asyncProperty(page, fc.constantFrom("md", "mdx"), async ([before, indent, fence, tag, blank, after], kind) => {
      const rest = /^[\s>]*$/.test(indent) ? indent : "";
      const block = [`${indent}${fence}${tag}`, `${rest}$ true`, `${rest}${fence}`];
      const lines = [...before, ...(blank ? [""] : []), ...block, ...after];
      const text = `---\nrunbook: { id: page }\n---\n\n${lines.join("\n")}\n`;
      const { runbook, diagnostics } = await readPage(text, { file: `page.${kind}` });
      const isStep = runbook?.steps.some(({ id }) => id === "x") === true;
      expect(isStep || diagnostics.some(({ severity }) => severity === "error"), text).toBe(true);
    }),
    { numRuns: 300 },
  );
});
