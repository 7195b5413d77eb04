import { constants } from "node:os";

const CAUSES: Readonly<Record<number, string>> = {
  0: "success",
  126: "found, but not executable",
  127: "command not found",
};

const SIGNAL_CAUSES: Readonly<Record<string, string>> = {
  SIGHUP: "its terminal went away",
  SIGINT: "interrupted",
  SIGABRT: "gave up on itself",
  SIGFPE: "arithmetic error",
  SIGKILL: "killed, by hand or for want of memory",
  SIGSEGV: "invalid memory access",
  SIGPIPE: "nobody read its output any more",
  SIGTERM: "asked to end",
};

/** What an exit status means, where it means something for every program; a signal by its name and what it is for. */
export function exitCause(status: number): string | undefined {
  const cause = CAUSES[status];
  if (cause) return cause;
  const signal = status > 128 ? signalName(status - 128) : undefined;
  if (!signal) return undefined;
  const meaning = SIGNAL_CAUSES[signal];
  return meaning ? `${signal}: ${meaning}` : signal;
}

/** An exit status with what it means: `127 (command not found)`, `137 (SIGKILL: killed, by hand …)`. */
export function exitWords(status: number): string {
  const cause = exitCause(status);
  return cause ? `${status} (${cause})` : String(status);
}

function signalName(number: number): string | undefined {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
}
