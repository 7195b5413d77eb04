import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const start = join(import.meta.dirname, "../../src/cli/start.cjs");
const program = `import { Output } from ${JSON.stringify(join(import.meta.dirname, "../../src/cli/output.ts"))};
const output = new Output("stdout");
output.write("x".repeat(1_000_000) + "é");
process.exitCode = output.stream.isTTY ? 9 : 7;`;

/** Runs the program with this shell around it, which calls it as `writer`; gives what the shell printed. */
function around(shell: string): string {
  const writer = `writer() { exec "$0" --input-type=module-typescript --eval "$1"; }`;
  const args = ["-c", `${writer}\n${shell}`, process.execPath, program];
  return spawnSync("bash", args, { encoding: "utf8", timeout: 20_000 }).stdout;
}

test("all of a long text reaches a slow reader through a pipe that somebody made non-blocking", () => {
  const unblocked = `perl -MFcntl -e 'fcntl(STDOUT, F_SETFL, O_WRONLY | O_NONBLOCK); exec @ARGV'`;
  const shell = `${unblocked} "$0" --input-type=module-typescript --eval "$1" | { sleep 0.3; wc -c; }\necho "\${PIPESTATUS[0]}"`;
  expect(around(shell)).toBe("1000002\n7\n");
});

test("a reader that ends first does not end the writer", () => {
  expect(around(`(writer "$1") | head -c 1\necho "\${PIPESTATUS[0]}"`)).toBe("x7\n");
});

test("a command whose output could not be written whole says so, and does not exit with 0", () => {
  const shell = `"$0" "$1" --help >/dev/full; echo "$?"; "$0" "$1" --help | head -c 1 >/dev/null; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", shell, process.execPath, start], { encoding: "utf8" });
  expect([stdout, stderr]).toEqual(["2\n0\n", expect.stringContaining("report-unwritable")]);
});

test.each([["junit"], ["ndjson"], ["plain"], ["github"]])(
  "nor does a run whose report %s could not be written",
  (format) => {
    const content = mkdtempSync(join(tmpdir(), "runbook-lost-report-"));
    const page = join(content, "page.md");
    writeFileSync(page, '---\ntitle: Page\nrunbook: { id: page }\n---\n\n```sh step="a"\necho ran\n```\n');
    const run = (...words: string[]) =>
      spawnSync(process.execPath, [start, "exec", "page", "--content", content, ...words], {
        encoding: "utf8",
        env: { ...process.env, RUNBOOK_STATE_DIR: join(content, "state") },
      });
    try {
      expect(run("--report", `${format}=${join(content, "report")}`).status).toBe(0);
      const { status, stdout, stderr } = run("--report", `${format}=/dev/full`);
      expect([status, stdout]).toEqual([2, expect.stringContaining("1 passed")]);
      expect(stderr).toMatch(
        /warning\[report-unwritable\] The rest of the report is lost: ENOSPC[\s\S]*error\[report-unwritable\]/,
      );
    } finally {
      rmSync(content, { recursive: true });
    }
  },
);
