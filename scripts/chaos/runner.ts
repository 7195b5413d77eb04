import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Job } from "./job.ts";

/** How a runner's process ended. */
export interface Ended {
  /** Undefined where the process was killed. */
  exitCode: number | undefined;
  /** The end of its stderr. */
  said: string;
  durationMs: number;
}

/** A running runner. */
export interface Runner {
  ended: Promise<Ended>;
  /** Kills the runner without warning. `line` also kills the processes that connect it to the shells of the host. */
  kill(what: "runner" | "line"): void;
}

/** Starts a runner for a job. */
export function startRunner(job: Job): Runner {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, "worker.ts"), JSON.stringify(job)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-2000);
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code) =>
      resolve({ exitCode: code ?? undefined, said: said.trim(), durationMs: performance.now() - begun }),
    );
  });
  return { ended, kill: (what) => kill(child, what) };
}

function kill(child: ChildProcess, what: "runner" | "line"): void {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null) return;
  // SIGSTOP comes first: the runner must not see its connections end, and clean up.
  child.kill("SIGSTOP");
  if (what === "line") for (const line of linesOf(pid)) process.kill(-line, "SIGKILL");
  child.kill("SIGKILL");
}

/** The processes that a runner started. Each has a process group of its own. */
function linesOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
