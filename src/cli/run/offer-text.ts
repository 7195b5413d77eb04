import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Host } from "../../engine/target/host.ts";
import { quoteShell } from "../../language/shell/quote.ts";

/** A text that is to be read once on a target. */
export interface OfferedText {
  host: Host;
  /** The target's command; undefined for the host. */
  command: string | undefined;
  /** The values that the command may name. */
  values: ReadonlyMap<string, string>;
  text: string;
}

/** Where the text can be read. */
export interface Offer {
  path: string;
  /** Nobody is going to read it any more. */
  withdraw: () => void;
}

const limitMs = 60_000;

/**
 * Offers a text on a target as a FIFO that only its user can open: no process list shows it, no file keeps it, and it
 * may be longer than a command line. Gives undefined where the target can't be entered.
 */
export async function offerText({ host, command, values, text }: OfferedText): Promise<Offer | undefined> {
  const { file, args, env } = host.shell;
  const line = spawn(file, args, { stdio: ["pipe", "pipe", "ignore"], env, detached: true });
  line.on("error", () => {});
  line.stdin.on("error", () => {});
  const said = createInterface(line.stdout)[Symbol.asyncIterator]();
  const limit = setTimeout(() => line.kill("SIGKILL"), limitMs);
  const next = async (): Promise<string | undefined> => (await said.next()).value;
  try {
    if (command !== undefined) {
      const exports = [...values].map(([name, value]) => `export ${name}=${quoteShell(value)}\n`).join("");
      // A shell reads ahead: what the target's shell is to read is sent once that is entered.
      line.stdin.write(`${exports}echo entering; ${command.replaceAll("\n", " ")} sh; exit\n`);
      if ((await next()) !== "entering") return undefined;
    }
    line.stdin.write(
      `umask 077; d=$(mktemp -d) && mkfifo "$d/rc" && echo "$d/rc"; cat >"$d/rc"; rm -r -- "$d"; exit\n`,
    );
    const path = await next();
    if (!path?.startsWith("/")) return undefined;
    line.stdin.end(text);
    return { path: quoteShell(path), withdraw: () => endGroup(line.pid) };
  } finally {
    clearTimeout(limit);
  }
}

/** Ends the line and what waits in it for a reader. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGTERM");
  } catch {
    // It has ended: the text was read.
  }
}
