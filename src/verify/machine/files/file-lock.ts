import { once } from "node:events";
import { createInterface } from "node:readline";
import { execa } from "execa";
import { RunbookError } from "../../../errors/runbook-error.ts";

/** A lock that this process holds; it ends with the process, however that ends. */
export interface FileLock {
  release(): Promise<void>;
}

/**
 * Takes a lock on a file. `flock` holds it in a process that ends when its standard input closes, so a killed verify
 * lets go of it. Several processes may have a shared lock at once, and then none has it alone. Undefined where another
 * process has it and `wait` is false.
 */
export async function lockFile(
  path: string,
  { wait, shared = false }: { wait: boolean; shared?: boolean },
): Promise<FileLock | undefined> {
  const options = [...(wait ? [] : ["--nonblock"]), ...(shared ? ["--shared"] : [])];
  const holder = execa("flock", [...options, path, "sh", "-c", "echo held; exec cat >/dev/null"], {
    reject: false,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "ignore",
    buffer: false,
    // A terminal's Ctrl-C must not let go of the lock before what it protects is cleared away.
    detached: true,
  });
  // Not execa's own lines: who leaves them early waits for the process to end.
  const lines = createInterface({ input: holder.stdout });
  const held = await Promise.race([once(lines, "line").then(() => true), holder.then(() => false)]);
  lines.close();
  if (!held) {
    const { exitCode } = await holder;
    if (exitCode === 1 && !wait) return undefined;
    throw new RunbookError("machine-failed", `The lock ${path} can't be taken: flock exits with ${exitCode}.`);
  }
  return {
    async release() {
      holder.stdin.end();
      await holder;
    },
  };
}
