import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { endProcess } from "../../../src/verify/machine/process-end.ts";

/** Starts a shell that says when it has set its trap, and reaps it when it ends. */
async function shell(text: string): Promise<{ pid: number; signal: Promise<string | null> }> {
  const child = spawn("sh", ["-c", text], { stdio: ["ignore", "pipe", "ignore"] });
  const signal = once(child, "exit").then(([, name]) => name as string | null);
  await once(child.stdout, "data");
  return { pid: child.pid ?? 0, signal };
}

function isOver(pid: number): boolean {
  return !existsSync(`/proc/${pid}/stat`) || / [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
}

test("a process is over when its end resolves, however long it tidies up", async () => {
  const { pid, signal } = await shell("trap 'sleep 0.2; exit 0' TERM; echo ready; while :; do sleep 0.02; done");
  await endProcess(pid, { graceMs: 10_000 });
  expect(isOver(pid)).toBe(true);
  expect(await signal).toBe(null);
});

test.each([
  ["one that does not end in time", "trap '' TERM; echo ready; while :; do sleep 0.02; done", 60],
  ["one that gets no time", "trap 'exit 0' TERM; echo ready; while :; do sleep 0.02; done", 0],
])("%s is killed", async (_, text, graceMs) => {
  const { pid, signal } = await shell(text);
  await endProcess(pid, { graceMs });
  expect(isOver(pid)).toBe(true);
  expect(await signal).toBe("SIGKILL");
});

test("a process that is over already is no error", async () => {
  const { pid, signal } = await shell("echo ready");
  await signal;
  await endProcess(pid, { graceMs: 60 });
  expect(isOver(pid)).toBe(true);
});
