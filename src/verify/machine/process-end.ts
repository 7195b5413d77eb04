import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Ends a process and waits until it is over: what it holds (a socket, a lock on a disk) is free only then. It is asked by SIGTERM,
 * and killed when it has not ended in time, or at once where it gets no time.
 */
export async function endProcess(pid: number, { graceMs }: { graceMs: number }): Promise<void> {
  const { born } = lifeOf(pid);
  const goesOn = (): boolean => {
    const life = lifeOf(pid);
    // A process id is used again: a process that began at another time is another one.
    return life.born === born && !life.over;
  };
  const killAt = performance.now() + graceMs;
  if (graceMs > 0) {
    send(pid, "SIGTERM");
    while (goesOn() && performance.now() < killAt) await sleep(20);
  }
  if (goesOn()) send(pid, "SIGKILL");
  while (goesOn()) await sleep(20);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // The process has ended meanwhile.
  }
}

/**
 * When a process began, in the kernel's ticks, and whether it is over with all its threads: only then are its files closed, and the
 * locks on a disk free. Its command line is gone before that.
 */
function lifeOf(pid: number): { born?: string; over: boolean } {
  try {
    const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const [born] = fields.slice(18);
    const over = /^[ZX]/.test(state ?? "") && readdirSync(`/proc/${pid}/task`).length <= 1;
    return { ...(born !== undefined && { born }), over };
  } catch {
    return { over: true };
  }
}
