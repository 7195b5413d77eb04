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

// One run at a time holds a host; these have a place for locks of their own, so as not to meet anybody else's.
const ALONE = [
  "unshare",
  "--mount",
  "sh",
  "-c",
  'mount -t tmpfs none /run/lock && chmod 1777 /run/lock && exec "$@"',
  "sh",
];

/** What to put before a command so that it is alone on this host, where that can be had. */
export const alone: readonly string[] = process.getuid?.() === 0 ? ALONE : [];

/** The words that run the command line, alone on this host where that can be had. */
export function commandLine(args: readonly string[], user?: number): string[] {
  const as = user === undefined ? [] : ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--clear-groups"];
  return [...alone, ...as, process.execPath, join(root, "src/cli/start.cjs"), ...args];
}

/** Types a line at a shell, as a person does who copies what the runner printed; alone on this host where that can be had. */
export function typeLine(line: string, env: NodeJS.ProcessEnv = {}): Ended {
  const [file = "", ...words] = [...alone, "sh", "-c", line];
  const { stdout, stderr, status } = spawnSync(file, words, {
    encoding: "utf8",
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000,
  });
  return { stdout, stderr, exitCode: status };
}

/** Runs the command line as a process of its own, with nobody at its stdin. */
export function run(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; user?: number } = {},
): Ended {
  const [file = "", ...words] = commandLine(args, options.user);
  const { stdout, stderr, status } = spawnSync(file, words, {
    encoding: "utf8",
    cwd: options.cwd ?? root,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000,
  });
  return { stdout, stderr, exitCode: status };
}
