import { constants } from "node:os";

const known: Record<number, string> = {
  1: "",
  2: "",
  126: "the command was found but could not be executed",
  127: "the command was not found",
};

const signals = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

const causes: Record<string, string> = {
  SIGKILL: "killed; the kernel does that when memory runs out",
  SIGTERM: "asked to end",
  SIGSEGV: "it crashed",
  SIGABRT: "it gave up by itself",
  SIGPIPE: "what read its output had ended",
  SIGINT: "interrupted",
};

/** An exit status in people's words, such as `exit 127: the command was not found`. */
export function exitWords(status: number): string {
  const signal = status > 128 ? signals.get(status - 128) : undefined;
  const words = signal ? [signal, causes[signal]].filter(Boolean).join(", ") : known[status];
  return words ? `exit ${status}: ${words}` : `exit ${status}`;
}

/** A duration in the page's own units, such as `30s`. */
export function durationWords(ms: number): string {
  if (ms % 60_000 === 0 && ms >= 60_000) return `${ms / 60_000}m`;
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
