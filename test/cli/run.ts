import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The root of the checkout. */
export const root = join(import.meta.dirname, "../..");

/** How a process ended, with what it printed. */
export interface Ended {
  stdout: string;
  stderr: string;
  exitCode: number | null;
}

/** Runs the command line as a process of its own, with nobody at its stdin. */
export function run(args: string[], options: { env?: NodeJS.ProcessEnv; cwd?: string } = {}): Ended {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, "src/cli/start.js"), ...args], {
    encoding: "utf8",
    cwd: options.cwd ?? root,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000,
  });
  return { stdout, stderr, exitCode: status };
}
