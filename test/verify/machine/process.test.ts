import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startMachine } from "../../../src/verify/machine/qemu/process.ts";

/** A program in QEMU's place: it notes its words, and each start ends with the next of these statuses. */
function programOf(statuses: string): { folder: string; file: string; starts: () => string[] } {
  const folder = mkdtempSync(join(tmpdir(), "runbook-test-"));
  const file = join(folder, "program");
  const text = [
    "#!/bin/sh",
    `cd ${folder}`,
    'echo "$@" >>starts',
    "touch qmp",
    "set -- $(cat statuses)",
    "status=$1; shift",
    'echo "$@" >statuses',
    "exit $status",
  ];
  writeFileSync(file, `${text.join("\n")}\n`);
  chmodSync(file, 0o755);
  writeFileSync(join(folder, "statuses"), statuses);
  return { folder, file, starts: () => readFileSync(join(folder, "starts"), "utf8").trim().split("\n") };
}

test("a machine that restarts from within boots in another QEMU, until that fails", async () => {
  const { folder, file, starts } = programOf("0 0 3");
  const machine = await startMachine([file, "-m", "64", "-loadvm", "ready"], folder, { outlives: false });
  await machine.ended;
  expect(machine.over).toBe(true);
  expect(starts()).toEqual(["-m 64 -loadvm ready -no-reboot", "-m 64 -no-reboot", "-m 64 -no-reboot"]);
});

test("a machine that is to go off stays off", async () => {
  const { folder, file, starts } = programOf("0 3");
  const machine = startMachine([file, "-m", "64"], folder, { outlives: true });
  await (await machine).ended;
  expect(starts()).toEqual(["-m 64"]);
});
