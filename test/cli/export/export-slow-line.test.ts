import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../run.ts";

// On a busy machine a reader's time is over in the middle of a line: what came of it by then belongs to the line.

const bash = (script: string, folder: string): string =>
  spawnSync("bash", ["-c", script, "bash", folder], { encoding: "utf8", timeout: 30_000 }).stdout;

function folderOf(): string {
  const folder = mkdtempSync(join(tmpdir(), "runbook-slow-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("an exported script reads a line that comes in two pieces", () => {
  const text = readFileSync(join(root, "src/cli/export/shells.bash"), "utf8");
  const listen = /^listen\(\) \{[\s\S]*?^\}$/m.exec(text)?.[0] ?? "";
  const script = `${listen}
alive() { true; }
declare -A out
mkfifo "$1/pipe"
exec 9<>"$1/pipe"
out[host]=9
(printf 'first '; sleep 1.2; printf 'second\\n') >&9 &
listen host 20`;
  expect(bash(script, folderOf())).toBe("first second\n");
});

test("what asks a session reads such an answer, too", () => {
  const folder = folderOf();
  copyFileSync(join(root, "src/cli/export/ansible/scripts/ask.bash"), join(folder, "ask"));
  const script = `cd "$1"
mkfifo requests answers
exec 8<>requests 9<>answers
echo $$ >pid; echo printed >output; : >errors; echo '{"outcome":"ok"}' >outcome
(read -r id what <&8; printf '%s' "$id" >&9; sleep 1.2; printf ' 0\\n' >&9) &
bash "$1/ask" step </dev/null`;
  expect(bash(script, folder)).toBe('printed\n{"outcome":"ok"}\n');
});
