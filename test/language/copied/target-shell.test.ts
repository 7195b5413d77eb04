import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { copySource } from "../../../src/language/copied/copied-script.ts";
import { copyOf } from "../../../src/language/copied/copy.ts";
import { pageData } from "../../../src/language/copied/page-data.ts";
import { readPage } from "../../../src/language/index.ts";

/** What a copied step of a page prints that is pasted into a terminal. */
async function pasted(head: string, make = "true"): Promise<{ copied: string; printed: string }> {
  const page = `---
runbook:
  id: t
${head}
---

\`\`\`sh step="make" keeps="x"
${make}
\`\`\`

\`\`\`sh step="inside" on="box"
echo "in \${BASH_VERSION:-sh}"
\`\`\`
`;
  const { runbook } = await readPage(page, { file: "page.md" });
  if (!runbook) throw new Error("no runbook");
  const data = pageData(runbook);
  const blocks = new Map(data.blocks);
  const block = blocks.get("inside");
  if (!block) throw new Error("no block");
  const copied = copyOf(block, copySource(data, new Map()), blocks.get("inside:enter"));
  return { copied, printed: spawnSync("bash", { input: copied, encoding: "utf8" }).stdout };
}

function folderWith(...programs: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "busybox-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const program of programs) symlinkSync(`/bin/${program}`, join(folder, program));
  return folder;
}

test("a target is entered by bash", async () => {
  const { copied, printed } = await pasted("  targets: { box: env IN=1 }");
  expect(copied).toMatch(/^env IN=1 bash <<'EOF'\n/);
  expect(printed).toMatch(/^in \d/);
});

test("where the page names a system without bash, a target is entered by its sh, or by a bash that is there", async () => {
  expect((await pasted(`  targets: { box: 'env PATH=${folderWith("sh")}' }`)).printed).toBe("in sh\n");
  expect((await pasted(`  targets: { box: 'env PATH=${folderWith("sh", "bash")}' }`)).printed).toMatch(/^in \d/);
  const head = `  params: { IMAGE: { default: "alpine:3" } }\n  targets: { box: env IN=1 }`;
  expect((await pasted(head)).copied).toContain("command -v bash");
  expect((await pasted("  targets: { box: env IN=1 }", "docker pull busybox")).copied).toContain("command -v bash");
});
