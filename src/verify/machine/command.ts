import { execa } from "execa";
import { RunbookError } from "../../errors/runbook-error.ts";
import { lastLines } from "../../words/last-lines.ts";

/** How a command of this machine is run. */
export interface CommandOptions {
  input?: string;
  /** Milliseconds after which it is ended. */
  timeoutMs?: number;
  signal?: AbortSignal;
  env?: Record<string, string>;
}

/** The result of a command on this machine. */
export interface CommandResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs a command of this machine, whatever it ends with. Words are arguments, never shell. */
export async function tryCommand(words: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const { input = "", timeoutMs = 300_000, signal, env } = options;
  const [file = "", ...args] = words;
  const result = await execa(file, args, {
    input,
    reject: false,
    timeout: timeoutMs,
    killDescendants: true,
    stripFinalNewline: false,
    env: { LC_ALL: "C.UTF-8", ...env },
    ...(signal && { cancelSignal: signal }),
  });
  const said = result.failed && result.exitCode === undefined ? (result.shortMessage ?? "") : result.stderr;
  return { exitCode: result.exitCode ?? 1, stdout: result.stdout, stderr: said };
}

/** Runs a command of this machine and gives what it printed; throws where it fails. */
export async function command(words: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await tryCommand(words, options);
  if (exitCode === 0) return stdout;
  const said = lastLines({ stdout, stderr }, 8);
  // The layers' file system becomes read-only where the disk below it is full.
  const full = /No space left on device|ENOSPC|Read-only file system/.test(said);
  throw new RunbookError("machine-failed", `\`${words.slice(0, 3).join(" ")}\` failed (exit ${exitCode}): ${said}`, {
    hint: full
      ? "Make room, or drop layers: ./runbook cache --prune."
      : "The next verify clears away what is left of this one.",
  });
}
