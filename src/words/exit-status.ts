import { constants } from "node:os";

const WORDS: Readonly<Record<number, string>> = {
  0: "success",
  126: "found, but not executable",
  127: "command not found",
};

const SIGNAL_WORDS: Readonly<Record<string, string>> = {
  SIGHUP: "its terminal went away",
  SIGINT: "interrupted",
  SIGABRT: "gave up on itself",
  SIGFPE: "arithmetic error",
  SIGKILL: "killed, by hand or for want of memory",
  SIGSEGV: "invalid memory access",
  SIGPIPE: "nobody read its output any more",
  SIGTERM: "asked to end",
};

function signalName(number: number): string | undefined {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
}

/** An exit code in words: `127 (command not found)`, `137 (SIGKILL: killed, by hand or for want of memory)`. */
export function exitWords(exitCode: number): string {
  const word = WORDS[exitCode];
  if (word) return `${exitCode} (${word})`;
  const signal = exitCode > 128 ? signalName(exitCode - 128) : undefined;
  if (!signal) return String(exitCode);
  const meaning = SIGNAL_WORDS[signal];
  return `${exitCode} (${signal}${meaning ? `: ${meaning}` : ""})`;
}
