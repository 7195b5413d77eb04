import { expect, test } from "vitest";
import { readPage, shownText } from "../../src/language/index.ts";
import { shownPiecesOf } from "../../src/site/runbook/block.ts";
import { blocksOf, initialValues } from "../../src/site/runbook/blocks.ts";

const text = `---
title: T
runbook:
  id: t
  params:
    A: { default: one }
    B: { default: { command: date, example: now } }
    C: { secret: true }
  targets:
    box: env "X=$A"
---

\`\`\`sh step="make" on="box"
echo "$A" $A "\${A}x$B" '$A' $C
cat <<EOF
$A $B
EOF
\`\`\`

\`\`\`ini step="write" file="/etc/$A"
x = $A \${B} $C $$
\`\`\`
`;

const values = ["", "plain", "a b", `q"'$x`, "EOF"];

test.each(values)("pieces with %j are what the language shows", async (value) => {
  const { runbook } = await readPage(text, { file: "t.md" });
  if (!runbook) throw new Error("no runbook");
  const blocks = blocksOf(runbook);
  const all = new Map([...initialValues(runbook.params), ["A", value]]);
  for (const step of runbook.steps) {
    const block = blocks.get(step.id);
    const shown = block && shownPiecesOf(block, all).map((piece) => piece.text);
    expect(shown?.join("")).toBe(shownText(step, all));
  }
});

test("a secret has no slot and no first value", async () => {
  const { runbook } = await readPage(text, { file: "t.md" });
  if (!runbook) throw new Error("no runbook");
  expect([...initialValues(runbook.params).keys()]).toEqual(["A", "B"]);
  expect(JSON.stringify([...blocksOf(runbook)])).not.toContain('"name":"C"');
});
