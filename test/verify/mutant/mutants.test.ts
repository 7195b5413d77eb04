import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Runbook } from "../../../src/language/model/runbook.ts";
import { readPage } from "../../../src/language/read/read-page.ts";
import { type Mutant, mutantsOf } from "../../../src/verify/mutant/mutants.ts";

const page = `---
title: x
runbook:
  id: x
---

\`\`\`sh step="a"
# a comment
mkdir -p /opt/a

if true; then
  touch /opt/a/b
fi
\`\`\`

> \`\`\`ini step="conf" file="/etc/x.conf"
> [main]
> port = 80
> \`\`\`

\`\`\`sh guard="a"
test -e /opt/a/b
\`\`\`

\`\`\`sh undo="a"
rm -r /opt/a
\`\`\`
`;

async function mutants(text: string): Promise<Mutant[]> {
  const { runbook } = await readPage(text, { file: "x.md" });
  return mutantsOf(text, runbook as Runbook);
}

/** Lines that only one of two texts has. */
function difference(before: string, after: string): { away: string[]; fresh: string[] } {
  const [was, is] = [before.split("\n"), after.split("\n")];
  return { away: was.filter((line) => !is.includes(line)), fresh: is.filter((line) => !was.includes(line)) };
}

test("each step, guard and undo goes, each line that can, and a value of each changes", async () => {
  const all = await mutants(page);
  expect(all.map(({ step, role, change, line }) => `${step} ${role} ${change} ${line}`)).toEqual([
    "a step removed 7",
    "a step line 9",
    "a step value 9",
    "a guard removed 21",
    "a guard value 22",
    "a undo removed 25",
    "a undo value 26",
    "conf step removed 16",
    "conf step line 17",
    "conf step line 18",
    "conf step value 18",
  ]);
});

test("a step goes with all that belongs to it, and nothing else", async () => {
  const [first] = await mutants(page);
  const { runbook } = await readPage(first?.page ?? "", { file: "x.md" });
  expect(runbook?.steps.map(({ id }) => id)).toEqual(["conf"]);
});

test("a fault is one line or one value", async () => {
  const all = await mutants(page);
  const changes = all.filter(({ change }) => change !== "removed").map((one) => difference(page, one.page));
  expect(changes).toEqual([
    { away: ["mkdir -p /opt/a"], fresh: [] },
    { away: ["mkdir -p /opt/a"], fresh: ["mkdir -p /opt/a-other"] },
    { away: ["test -e /opt/a/b"], fresh: ["test -e /opt/a/b-other"] },
    { away: ["rm -r /opt/a"], fresh: ["rm -r /opt/a-other"] },
    { away: ["> [main]"], fresh: [] },
    { away: ["> port = 80"], fresh: [] },
    { away: ["> port = 80"], fresh: ["> port = 81"] },
  ]);
});

test("every fault of a real page differs from it, and from the others", async () => {
  const text = readFileSync(join(import.meta.dirname, "../../../content/lxc/lxc-new.md"), "utf8");
  const all = await mutants(text);
  expect(new Set(all.map((one) => one.page)).size).toBe(all.length);
  expect(all.every((one) => one.page !== text)).toBe(true);
  expect(all.length).toBeGreaterThan(40);
});
