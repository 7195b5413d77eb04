import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copySource } from "../../../src/language/copied/copied-script.ts";
import { copyOf } from "../../../src/language/copied/copy.ts";
import { pageData } from "../../../src/language/copied/page-data.ts";
import { wholeScript } from "../../../src/language/copied/script.ts";
import { type Runbook, readPage } from "../../../src/language/index.ts";

const folder = mkdtempSync(join(tmpdir(), "copied-values-"));
const log = join(folder, "log");
let runbook: Runbook;

beforeAll(async () => {
  const text = readFileSync(join(import.meta.dirname, "../../browser/fixtures/proof/machine.md"), "utf8");
  const read = await readPage(text, { file: "machine.md" });
  if (!read.runbook) throw new Error("no runbook");
  runbook = read.runbook;
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "empty"));
  // Programs that only note their arguments, and what they read.
  const note = (more: string): string =>
    `{ printf '%s' "\${0##*/}"; printf '<%s>' "$@"; echo; ${more}; } >>'${log}' 2>/dev/null`;
  for (const name of ["make-machine", "start-machine", "mkdir", "chmod", "cp", "mv"]) write(name, note(":"));
  write("fill", note("/usr/bin/cat"));
  write("mktemp", `echo '${join(folder, "made")}'`);
  write("cat", `/usr/bin/cat | /usr/bin/tee -a '${log}'`);
  write("rm", ":");
  // A check says yes once what it asks for was called.
  for (const [check, done] of [
    ["is-machine", "make-machine"],
    ["is-filled", "fill"],
    ["is-up", "start-machine"],
  ] as const) {
    write(check, `/usr/bin/grep --quiet '^${done}<' '${log}'`);
  }
  for (const name of ["env", "bash", "date"]) symlinkSync(`/usr/bin/${name}`, join(folder, "bin", name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  writeFileSync(join(folder, "bin", name), `#!/bin/bash\n${text}\n`, { mode: 0o755 });
}

/** What programs get from a text, one a line. */
function calls(text: string, values: Record<string, string> = {}): string {
  writeFileSync(log, "");
  const env = { PATH: join(folder, "bin"), LANG: "C.UTF-8", ...values };
  spawnSync("/bin/bash", ["-c", text], { cwd: join(folder, "empty"), env, stdio: "ignore" });
  return readFileSync(log, "utf8");
}

const special = fc.constantFrom(
  ..."$`\"'\\!*?[]{}~#&|;<>()^ \t=:,%-\u00a0".split(""),
  ...["$(touch x)", "${NAME}", "EOF", "é", "𝒳", "x", "exit 1", "-n", "a b"],
);
const line = fc.array(special, { maxLength: 6 }).map((parts) => parts.join(""));
const lines = fc.array(fc.oneof(special, fc.constantFrom("\n", "\nEOF\n", "\nEOF2\n")), { maxLength: 6 });
const given = fc.record({ NAME: line, NOTE: line, KEY: lines.map((parts) => parts.join("")), WORDS: line });

test("for any values, a copied step and the copied script give programs the arguments of the executed steps", () => {
  fc.assert(
    fc.property(given, (values) => {
      const data = pageData(runbook);
      const blocks = new Map(data.blocks);
      const source = copySource(data, new Map(Object.entries(values)));
      const copies = runbook.steps.map(({ id, file, fence }) => {
        const block = blocks.get(id);
        if (!block) throw new Error(id);
        const copied = copyOf(block, source, blocks.get(`${id}:enter`));
        if (!file) expect(calls(copied)).toBe(calls(fence.text, values));
        return copied;
      });
      expect(calls(wholeScript(data.head, data.steps, blocks, source))).toBe(calls(`set -e\n${copies.join("\n")}`));
    }),
    { numRuns: 10, endOnFailure: true },
  );
});
