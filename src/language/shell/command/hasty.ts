import type { Command, Pipeline } from "unbash";
import { innermost, wordsOf } from "./words.ts";

const GREPS = new Set(["grep", "egrep", "fgrep", "zgrep", "rg"]);

/** Builtins that write what they have at once, so that nobody who reads it ends before. */
const AT_ONCE = new Set(["echo", "printf"]);

/**
 * The commands of a pipeline that end at the first match, while what writes into them may still write: SIGPIPE ends that, and with
 * `pipefail` the pipe fails although there was a match.
 */
export function hastyReaders({ commands }: Pipeline): Pick<Command, "pos" | "end">[] {
  return commands.flatMap((reader, index) => {
    const writer = commands[index - 1];
    if (!writer || reader.type !== "Command" || !isQuietGrep(reader)) return [];
    if (index === 1 && writer.type === "Command" && AT_ONCE.has(innermost(wordsOf(writer))[0] ?? "")) return [];
    return [{ pos: reader.pos, end: reader.end }];
  });
}

function isQuietGrep(command: Command): boolean {
  const [name = "", ...words] = innermost(wordsOf(command));
  if (!GREPS.has(name)) return false;
  const options = words.slice(0, words.includes("--") ? words.indexOf("--") : undefined);
  return options.some((word) => word === "--quiet" || word === "--silent" || /^-[A-Za-z]*q/.test(word));
}
