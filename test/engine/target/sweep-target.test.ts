import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { localShell } from "../../../src/engine/shell/launch.ts";
import { sweepTarget } from "../../../src/engine/target/sweep-target.ts";

const folder = mkdtempSync(join(tmpdir(), "sweep-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each(["", "trap '' TERM; "])("what enters a target that hangs ends with the sweep's time (%s)", async (trap) => {
  const host = { name: "host", local: true, shell: localShell(), close: async () => {} };
  const file = join(folder, "pid");
  const command = `sh -c '${trap.replaceAll("'", `'\\''`)}echo $$ >${file}; sleep 60; :'`;
  await sweepTarget(host, { command, values: new Map(), text: "sweep.sh", variables: { rb_run: "x" }, limitMs: 500 });
  const entered = readFileSync(file, "utf8").trim();
  await expect.poll(() => existsSync(`/proc/${entered}`)).toBe(false);
});
