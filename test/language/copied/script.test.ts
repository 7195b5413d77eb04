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
