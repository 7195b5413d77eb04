import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { shownPiecesOf } from "../../../src/language/copied/block.ts";
import { blocksOf, initialValues } from "../../../src/language/copied/blocks.ts";
import { copyOf } from "../../../src/language/copied/copy.ts";
import { pageData } from "../../../src/language/copied/page-data.ts";
import { wholeScript } from "../../../src/language/copied/script.ts";
import { readPage, shownText } from "../../../src/language/index.ts";

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

const session = `---
runbook:
  id: s
  params: { A: { default: one } }
---

- \`\`\`console step="say" exits="1"
  $ cat <<EOF
  > $A
  > EOF
  one
  is \${A}
  $ echo "$A" '$A'; false
  \`\`\`
`;

test("a session is shown with values in its commands and in what it prints, and copied without what is no command", async () => {
  const { runbook } = await readPage(session, { file: "s.md" });
  if (!runbook) throw new Error("no runbook");
  const block = blocksOf(runbook).get("say");
  if (!block) throw new Error("no block");
  const values = new Map([["A", "a b"]]);
  const shown = shownPiecesOf(block, values).map((piece) => piece.text);
  expect(shown.join("")).toBe("$ cat <<EOF\n> a b\n> EOF\none\nis a b\n$ echo \"a b\" '$A'; false");
  expect(copyOf(block, { values })).toBe("export A='a b'\ncat <<EOF\na b\nEOF\necho \"a b\" '$A'; false");
});

test.each([
  ["as it is meant to", "1", 0, "after\n"],
  ["otherwise", "2 3", 1, ""],
])("the whole script goes on only where a step ends %s", async (_, exits, status, stdout) => {
  const text = `${session.replace('exits="1"', `exits="${exits}"`)}\n\`\`\`sh step="after"\necho after >&3\n\`\`\`\n`;
  const { runbook } = await readPage(text, { file: "s.md" });
  if (!runbook) throw new Error("no runbook");
  const { head, steps, blocks } = pageData(runbook);
  const script = wholeScript(head, steps, new Map(blocks), { values: new Map() });
  const done = spawnSync("bash", ["-c", `exec 3>&1 >/dev/null\n${script}`], { encoding: "utf8" });
  expect(done).toMatchObject({ status, stdout });
});
