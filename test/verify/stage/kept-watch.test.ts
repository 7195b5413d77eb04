import { expect, test } from "vitest";
import { readPage } from "../../../src/language/index.ts";
import type { CleanHost } from "../../../src/verify/machine/clean-host.ts";
import { tryCommand } from "../../../src/verify/machine/command.ts";
import { KeptWatch } from "../../../src/verify/stage/findings/kept-watch.ts";

const page = `---
runbook: { id: page }
---

\`\`\`sh step="one" keeps="why"
true
\`\`\`

\`\`\`sh step="two" keeps="why"
true
\`\`\`

\`\`\`sh step="three"
true
\`\`\`

\`\`\`sh step="four" keeps="why"
true
\`\`\`
`;

test("of two steps in a row that keep their work, one look shows the end of the first and the beginning of the second", async () => {
  const { runbook } = await readPage(page, { file: "page.md" });
  if (!runbook) throw new Error("The page is no runbook.");
  let looks = 0;
  const shell: CleanHost["shell"] = async () => {
    looks += 1;
    return await tryCommand(["echo", "end"]);
  };
  const watch = new KeptWatch({ shell } as CleanHost, runbook);
  const seen: number[] = [];
  for (const step of ["one", "two", "three", "four"]) {
    await watch.beforeStep(`page/${step}`);
    seen.push(looks);
  }
  await watch.end();
  expect([...seen, looks].map((count) => count / (seen[0] as number))).toEqual([1, 2, 3, 4, 5]);
  expect(watch.changes.map(({ step }) => step)).toEqual(["one", "two", "four"]);
});
