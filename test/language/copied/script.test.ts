import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { copiedScript } from "../../../src/language/copied/copied-script.ts";
import { pageData } from "../../../src/language/copied/page-data.ts";
import { wholeScript } from "../../../src/language/copied/script.ts";
import { readPage } from "../../../src/language/index.ts";
import { processesOf } from "../../engine/support/processes.ts";
import { pageOf } from "../../engine/support/run-page.ts";

test("a value of several lines stays in the script's comment", () => {
  const script = wholeScript(["A page", "./runbook exec x 'A=1\nrm -rf x\n2'"], [], new Map(), { values: new Map() });
  expect(script.split("\n").filter((line) => line !== "" && !line.startsWith("#"))).toEqual([
    "(",
    "set -euo pipefail",
    ")",
  ]);
});

test("a service runs beside the steps that follow, with their shell's state, and ends with the script", async () => {
  const folder = mkdtempSync(join(tmpdir(), "runbook-copied-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const page = pageOf(
    [
      ['sh step="state"', 'cd "$DIR"\nWORD=kept'],
      ['sh step="serve" background="true"', 'sleep 1\necho "$WORD" >word\nsleep 60'],
      ['sh proof="serve" within="20s"', '[ -s "$DIR/word" ]'],
      ['sh step="use"', "mv word used"],
    ],
    "  params:\n    DIR: { description: Where }\n",
  );
  const { runbook } = await readPage(page, { file: "page.md" });
  if (!runbook) throw new Error("no runbook");
  const script = join(folder, "script.sh");
  writeFileSync(script, copiedScript(pageData(runbook), new Map([["DIR", folder]])));
  const { status, stderr } = spawnSync("bash", [script], { encoding: "utf8", timeout: 20_000 });
  expect([status, stderr]).toEqual([0, ""]);
  expect([existsSync(join(folder, "used")), existsSync(join(folder, "word"))]).toEqual([true, false]);
  expect(processesOf(script)).toEqual([]);
});

/** What the copied script of a page with these fences prints, and ends with. */
async function run(
  fences: [info: string, text: string][],
  more = "",
): Promise<{ status: number | null; said: string }> {
  const { runbook } = await readPage(pageOf(fences, more), { file: "page.md" });
  if (!runbook) throw new Error("no runbook");
  const script = copiedScript(pageData(runbook), new Map());
  const { status, stdout, stderr } = spawnSync("bash", { input: script, encoding: "utf8", timeout: 20_000 });
  return { status, said: stdout + stderr };
}

test.each([
  ["ends with 1 where it fails", "", "WORD='a b'\nLIST=(1 '2 3')\n[ -n \"$WORD\" ] || exit 1"],
  ["ends by exit 0", "", "WORD='a b'\nLIST=(1 '2 3')\nexit 0\necho never"],
  ["ends by what it found", "", "WORD='a b'\nLIST=(1 '2 3')\nfound=0\nexit $found"],
  ["fails as it is meant to", ' exits="3"', "WORD='a b'\nLIST=(1 '2 3')\nexit 3"],
  ["might become another program", "", "WORD='a b'\nLIST=(1 '2 3')\ntrue || exec false"],
])("what a step sets that %s is there for the steps behind it, on targets too", async (_kind, attributes, text) => {
  const use = `printf '<%s>' "$WORD" "\${LIST[@]}"`;
  const { status, said } = await run(
    [
      [`sh step="set" sets="WORD LIST"${attributes}`, text],
      ['sh step="use"', use],
      ['sh step="there" on="there"', use],
      ['sh guard="there"', `[ "$WORD" != 'a b' ]`],
    ],
    "  targets:\n    there: env -i\n",
  );
  expect([status, said]).toEqual([0, "<a b><1><2 3>".repeat(2)]);
});

test.each([
  ["exit 4", "", 4],
  ["false", "", 1],
  ["exit $((2 + 3))", "", 5],
  ["exit 0", ' exits="3"', 1],
])("a step that ends by %s where that is not meant ends the script", async (text, attributes, expected) => {
  const { status, said } = await run([
    [`sh step="fail" sets="WORD"${attributes}`, `WORD=1\n${text}`],
    ['sh step="never"', "echo never"],
  ]);
  expect([status, said.includes("never")]).toEqual([expected, false]);
});

test("a file has what earlier steps set, as data, and what nothing set as it is written", async () => {
  const folder = mkdtempSync(join(tmpdir(), "runbook-copied-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { status, said } = await run(
    [
      ['sh step="set" sets="WORD NEVER"', `WORD='a "$(reboot)" \\b'`],
      ['sh step="not" sets="OTHER"', "OTHER=1"],
      ['sh when="not"', "false"],
      ['text step="file" file="$DIR/text"', "1 $WORD ${WORD}\n2 $OTHER ${OTHER} $NEVER"],
      ['text step="there" on="there" file="$DIR/there"', "1 $WORD ${WORD}\n2 $OTHER ${OTHER} $NEVER"],
      ['sh step="read"', 'cat "$DIR/text" "$DIR/there"'],
    ],
    `  targets:\n    there: env -i PATH=/usr/bin:/bin\n  params:\n    DIR: { default: ${folder}, description: Where }\n`,
  );
  const text = `1 a "$(reboot)" \\b a "$(reboot)" \\b\n2 $OTHER \${OTHER} $NEVER\n`;
  expect([status, said]).toEqual([0, `not: does not apply\n${text.repeat(2)}`]);
});

test("a name that no step has set, since its step did not apply, is not set on a target either", async () => {
  const { status, said } = await run(
    [
      ['sh step="set" sets="WORD"', "WORD=1"],
      ['sh when="set"', "false"],
      ['sh step="there" on="there"', 'echo "${WORD-none}"'],
    ],
    "  targets:\n    there: env -i\n",
  );
  expect([status, said]).toEqual([0, "set: does not apply\nnone\n"]);
});
