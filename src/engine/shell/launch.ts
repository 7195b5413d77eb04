import type { Readable, Writable } from "node:stream";
import { execa } from "execa";

/** A process on this machine whose stdin, stdout and stderr lead to a shell on a target. */
export interface Line {
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  /**
   * Resolves when the process has ended and its output is read; another process that holds the output open is not waited
   * for. Tells the system's error, such as `EMFILE`, where the process could not be started.
   */
  ended: Promise<string | undefined>;
  /** Kills the process and what it started in its group. */
  kill: () => void;
}

/** How to reach a shell on the host: the command, its arguments and its environment. */
export interface HostShell {
  file: string;
  args: string[];
  env: Record<string, string>;
}

/** Milliseconds for reading the output of a process that has ended. */
const heldOpenMs = 500;

/** The system's own search path, by whether the user is root. */
export const systemPath = (root: boolean): string =>
  root ? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" : "/usr/local/bin:/usr/bin:/bin";

/** This machine's own shell, in the fixed environment that steps start from. */
export function localShell(): HostShell {
  const root = process.getuid?.() === 0;
  const env: Record<string, string> = { PATH: systemPath(root), LANG: "C.UTF-8", TERM: "dumb" };
  for (const name of ["HOME", "USER", "LOGNAME"]) if (process.env[name]) env[name] = process.env[name];
  return { file: "/bin/sh", args: [], env };
}

/**
 * Starts a line, in a session of its own, as `killDescendants` has it: a terminal's Ctrl-C is the runner's to pass on. The run's id is in its
 * environment, by which its processes are found again.
 */
export function openLine(shell: HostShell, run: string): Line {
  const line = execa(shell.file, shell.args, {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
    buffer: false,
    reject: false,
    killDescendants: true,
    cleanup: false,
    extendEnv: false,
    env: { ...shell.env, RUNBOOK_RUN: run },
  });
  let over = false;
  const exited = new Promise((resolve) => line.nodeChildProcess.once("exit", resolve)).then(() => {
    over = true;
  });
  // Once the shell is gone, its group's number may be another's.
  const kill = (): void => {
    if (!over) line.kill("SIGKILL");
  };
  // Where the shell was killed, what it started may live on and hold the output open, and execa waits for that.
  const left = exited.then(() => new Promise((resolve) => setTimeout(resolve, heldOpenMs).unref()));
  const code = line.then((result) => result.code);
  const ended = Promise.race([code, left.then(() => undefined)]);
  return { stdin: line.stdin, stdout: line.stdout, stderr: line.stderr, ended, kill };
}
