import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { copiedScript, copySource } from "../../../src/language/copied/copied-script.ts";
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
  const folder = mkdtempSync(join(tmpdir(), "box-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const program of programs) symlinkSync(`/bin/${program}`, join(folder, program));
  return folder;
}

test.each([
  ["the host, with other settings", "  targets: { box: env IN=1 }", "true"],
  [
    "a Debian, by a parameter",
    '  params: { IMAGE: { default: "debian:trixie" } }\n  targets: { box: bash -c \'exec "$@"\' - }',
    "true",
  ],
  [
    "a Debian, by a step that makes it",
    "  targets: { box: bash -c 'exec \"$@\"' - }",
    "debootstrap trixie /srv/box || true",
  ],
])("a target that has bash for certain is entered by it: %s", async (_, head, make) => {
  const { copied, printed } = await pasted(head, make);
  expect(copied).toMatch(/ bash <<'EOF'\n/);
  expect(printed).toMatch(/^in \d/);
});

/** Targets whose programs are those of a folder: plain, and behind a shell that reads the words once more, as ssh's does. */
const ways = [
  (folder: string) => `env -S 'PATH=${folder}'`,
  (folder: string) => `env -S 'PATH=${folder}' sh -c 'exec sh -c "$*"' ssh `,
  (folder: string) => `env -S 'PATH=${folder}' sh -c`,
];

test.each(ways)("elsewhere a target is entered by its bash or else its sh, whatever its name: %s", async (way) => {
  const targetAt = (folder: string) => `  targets: { box: ${JSON.stringify(way(folder))} }`;
  expect((await pasted(targetAt(folderWith("sh")))).printed).toBe("in sh\n");
  expect((await pasted(targetAt(folderWith("sh", "bash")))).printed).toMatch(/^in \d/);
});

test("a page that names a system without bash has no bash for certain, though it names a Debian too", async () => {
  const head = `  params: { IMAGE: { default: "alpine:3" } }\n  targets: { box: env IN=1 }`;
  expect((await pasted(head, "apt-get --version")).copied).toContain("command -v bash");
  expect((await pasted("  targets: { box: env IN=1 }", "docker pull busybox")).copied).toContain("command -v bash");
});

test("the script of all steps holds in a target without bash: its checks, its waiting and what it hands on", async () => {
  const folder = folderWith("sh", "date", "sleep", "true", "mktemp", "rm", "cat", "grep");
  const page = `---
runbook:
  id: t
  targets: { box: "env -S 'PATH=${folder}'" }
---

\`\`\`sh step="host" sets="WORD"
WORD='a "b" $c'
\`\`\`

\`\`\`sh step="one" on="box" sets="FOUND" exits="3"
FOUND="it's $WORD"
exit 3
\`\`\`

\`\`\`sh proof="one" within="5s"
false | true
\`\`\`

\`\`\`sh step="two" on="box" keeps="x"
echo "\${BASH_VERSION:-sh}: $FOUND"
\`\`\`
`;
  const { runbook } = await readPage(page, { file: "page.md" });
  if (!runbook) throw new Error("no runbook");
  const { stdout, stderr } = spawnSync("bash", { input: copiedScript(pageData(runbook), new Map()), encoding: "utf8" });
  expect([stdout, stderr]).toEqual(['sh: it\'s a "b" $c\n', ""]);
});
