import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { Journal } from "../../../src/engine/journal/journal.ts";
import { passed, sampleRun, temporaryState } from "./sample.ts";

/** Runs shell where mounts are seen by nobody else; `undefined` where that is not allowed. */
function inOwnMounts(script: string, ...args: string[]) {
  const asRoot = process.getuid?.() === 0 ? [] : ["--map-root-user"];
  const unshare = (...command: string[]) =>
    spawnSync("unshare", [...asRoot, "--mount", ...command], { encoding: "utf8" });
  if (unshare("mount", "-t", "tmpfs", "none", "/mnt").status !== 0) return undefined;
  return unshare("sh", "-euc", script, "sh", ...args);
}

test("a full disk is told, keeps what was written, and is no harm once there is room", (context) => {
  const dir = mkdtempSync(join(tmpdir(), "runbook-full-"));
  const script = join(import.meta.dirname, "./full-disk.ts");
  const result = inOwnMounts(
    `mount -t tmpfs -o size=1m,mode=0755 none "$1"; exec "$2" "$3" "$1"`,
    ...[dir, process.execPath, script],
  );
  rmSync(dir, { recursive: true });
  if (!result) return context.skip("no mounts here");
  expect(result.stderr).toBe("");
  expect(JSON.parse(result.stdout)).toEqual({
    said: [expect.stringMatching(/^(journal-unwritable|state-dir-unusable) 3$/), "journal-unwritable 3", "done"],
    between: { begun: 1 },
    after: passed(),
    state: true,
  });
});

test("a file system that can't be written is told", (context) => {
  using state = temporaryState();
  state.open().close();
  const result = inOwnMounts(
    `mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"
     exec "$2" --input-type=module -e 'import(process.argv[1]).then((m) => m.Journal.open(process.argv[2])).catch((e) => console.log(e.code, e.exitCode, e.hint))' "$3" "$1"`,
    ...[state.dir, process.execPath, join(import.meta.dirname, "../../../src/engine/journal/journal.ts")],
  );
  if (!result) return context.skip("no mounts here");
  expect(result.stdout).toMatch(/^journal-unwritable 3 Make room/);
});

test("what is no journal, and a later version's, is refused and left as it is", () => {
  using state = temporaryState();
  const file = join(state.dir, "journal.db");
  writeFileSync(file, "not a database, but text that is long enough to be taken for one".repeat(100));
  expect(() => Journal.open(state.dir)).toThrow(expect.objectContaining({ code: "journal-broken", exitCode: 3 }));
  rmSync(file);
  const later = new DatabaseSync(file);
  later.exec("PRAGMA user_version = 99");
  later.close();
  expect(() => Journal.open(state.dir)).toThrow(expect.objectContaining({ code: "journal-newer", exitCode: 3 }));
});

test("an earlier version's becomes one of this version, with all that is in it", () => {
  using state = temporaryState();
  const earlier = new DatabaseSync(join(state.dir, "journal.db"));
  earlier.exec(readFileSync(join(import.meta.dirname, "fixtures/version-2.sql"), "utf8"));
  earlier.close();
  const journal = state.open();
  const [killed, first] = journal.runs();
  const steps = (run = ""): unknown[] =>
    journal.steps(run).map(({ key, begun, end }) => [key, begun !== undefined, end?.outcome]);
  expect(steps(first?.id)).toEqual([
    ["page/made", true, "passed"],
    ["page/there", false, "skipped"],
    ["page/conf", true, "passed"],
    ["page/last", false, "skipped"],
  ]);
  // It was killed while a guard was asked: nothing of it is work.
  expect(steps(killed?.id)).toEqual([
    ["page/made", false, "skipped"],
    ["page/there", false, "skipped"],
    ["page/conf", false, "skipped"],
    ["page/last", false, undefined],
  ]);
  expect(journal.savedFile(first?.id ?? "", "page/conf")?.content.toString()).toBe("before\n");
  expect(journal.stateAfter(first?.id ?? "", "page/made")).toContain("@WORK@/made");
  expect(journal.shells(first?.id ?? "")).toHaveLength(1);
});

test("nobody else may read what the journal holds", () => {
  using state = temporaryState();
  const journal = state.open();
  journal.createRun(sampleRun());
  for (const name of ["", "journal.db", "journal.db-wal", "journal.db-shm"]) {
    expect([name, statSync(join(state.dir, name)).mode & 0o077]).toEqual([name, 0]);
  }
});

test("a directory where others could write is refused", () => {
  using state = temporaryState();
  chmodSync(state.dir, 0o770);
  expect(() => Journal.open(state.dir)).toThrow(expect.objectContaining({ code: "state-dir-unsafe", exitCode: 3 }));
});

test.each([
  ["runs", "options", "{"],
  ["runs", "options", "null"],
  ["runs", "runbooks", "null"],
  ["runs", "runbooks", "[1]"],
  ["runs", "values", '{"CONTAINER":1}'],
  ["runs", "values", "[]"],
  ["runs", "secrets", "{}"],
  ["runs", "undoes", "3"],
  ["runs", "outcome", "well"],
  ["steps", "end", "null"],
  ["steps", "end", '{"outcome":5}'],
  ["steps", "recipe", "{}"],
  ["steps", "recipe", "[]"],
  ["outputs", "pieces", "[1]"],
])("a record of %s whose %s is damaged to %s is named as that", (table, column, text) => {
  using state = temporaryState();
  const written = state.open();
  const { id } = sampleRun();
  written.createRun(sampleRun());
  written.startStep(id, "lxc-new/create");
  written.beginStep(id, "lxc-new/create", 1);
  written.appendOutput(id, "lxc-new/create", "run", "stdout", "text\n");
  written.finishStep(id, "lxc-new/create", passed());
  written.finishRun(id, "passed", 0);
  written.close();
  const file = new DatabaseSync(join(state.dir, "journal.db"));
  file.prepare(`UPDATE ${table} SET "${column}" = ?`).run(text);
  file.close();
  const journal = state.open();
  const read = (): unknown => [journal.runs(), journal.steps(id), journal.work(id)];
  expect(read).toThrow(expect.objectContaining({ code: "journal-broken" }));
});
