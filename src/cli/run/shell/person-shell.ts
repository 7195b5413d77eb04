import { execa } from "execa";
import type { Io } from "../../context.ts";

/** The terminal at which a person works in a shell. */
export interface PersonTerminal {
  /** The terminal's type, as `TERM` names it. */
  type: string;
  say: (text: string) => void;
  /** Gives the terminal to a command until the person leaves it; says so where the command can't be started. */
  open: (words: readonly string[], env: NodeJS.ProcessEnv) => Promise<void>;
  /** The environment of this program. */
  env: NodeJS.ProcessEnv;
}

/** The terminal in which this program was started. */
export function ownTerminal(io: Io): PersonTerminal {
  return {
    type: io.env["TERM"] || "dumb",
    say: io.err,
    open: (words, env) => openPersonShell(words, { io, env }),
    env: io.env,
  };
}

/** Gives the terminal to a shell until the person leaves it; says so where it can't be opened. */
export async function openPersonShell(
  words: readonly string[],
  { io, env }: { io: Io; env: NodeJS.ProcessEnv },
): Promise<void> {
  const [file = "sh", ...args] = words;
  const left = await execa(file, args, { stdio: "inherit", env, extendEnv: false, reject: false });
  const began = left.exitCode !== undefined || left.isTerminated;
  if (!began) io.err(`The shell can't be opened: ${left.originalMessage}\n`);
}
