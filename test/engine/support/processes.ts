import { readdirSync, readFileSync } from "node:fs";
import { expect } from "vitest";

/** Whether a process runs; one that has ended and waits for its parent does not. */
export function isAlive(pid: string | number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2));
  } catch {
    return false;
  }
}

/** The processes whose command line contains a text. */
export function processesOf(text: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid) || !isAlive(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(text);
    } catch {
      return false;
    }
  });
}

/** A duration for `sleep` by which its process is known from every other. */
export function ownSleep(): string {
  return (90 + Math.random()).toFixed(9);
}

/** Ends the process whose command line contains a text; exactly one must be there. */
export function endOnly(text: string): void {
  const there = processesOf(text);
  expect(there).toHaveLength(1);
  process.kill(Number(there[0]), "SIGKILL");
}

/** The processes that stand between a run's runner and its shells on this machine; killed, they leave those alive. */
export function supervisorsOf(run: string): number[] {
  const own = processesOf("bash\0--noprofile\0--norc\0").filter((pid) => {
    try {
      const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, "latin1");
      return read("environ").split("\0").includes(`RUNBOOK_RUN=${run}`) && !read("cmdline").includes("\0-c\0");
    } catch {
      return false; // it has ended
    }
  });
  return own.map(Number);
}

/** Kills all supervisors of a run as one: none sees another go, and ends what it should leave. */
export function killSupervisors(run: string): void {
  const own = supervisorsOf(run);
  for (const signal of ["SIGSTOP", "SIGKILL"] as const) for (const pid of own) process.kill(pid, signal);
}
