import { execa } from "execa";
import type { Io } from "../../context.ts";

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
