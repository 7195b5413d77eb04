import { chmodSync, existsSync, mkdirSync, readdirSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { RunbookError } from "../../errors/runbook-error.ts";
import { quoteShell } from "../../language/shell/quote.ts";
import { othersWhoWrite } from "../../trust.ts";

/** The journal's file in a state directory. */
export const journalFile = "journal.db";

/** Where state lies: `RUNBOOK_STATE_DIR`, else /var/lib/runbook for root and `$XDG_STATE_HOME/runbook` for others. */
export function stateDir(env: NodeJS.ProcessEnv = process.env, uid = process.getuid?.()): string {
  if (env.RUNBOOK_STATE_DIR) return resolve(env.RUNBOOK_STATE_DIR);
  if (uid === 0) return "/var/lib/runbook";
  // The XDG specification has relative paths ignored.
  const xdg = env.XDG_STATE_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(env.HOME || homedir(), ".local/state"), "runbook");
}

/**
 * Makes the state directory (0700), or refuses the one that is there where others could write:
 * what lies in it is later run and written back as this user.
 */
export function openStateDir(dir: string): string {
  try {
    makeFolders(dir);
    const real = realpathSync(dir);
    refuseOthers(real);
    tighten(real);
    return real;
  } catch (error) {
    if (error instanceof RunbookError) throw error;
    throw new RunbookError(
      "state-dir-unusable",
      `The state directory ${dir} can't be used: ${(error as Error).message}`,
      {
        hint: "Name one that you can write to: RUNBOOK_STATE_DIR=DIR.",
        cause: error,
      },
    );
  }
}

/** Not `recursive`: Node then tries for ever where a file system answers ENOENT, as /proc does. */
function makeFolders(dir: string): void {
  if (existsSync(dir)) return;
  makeFolders(dirname(dir));
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    // Another start may have been first.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** Whoever may write to the directory, or rename one above it, could put another journal in its place. */
function refuseOthers(dir: string): void {
  const me = process.getuid?.();
  const others = othersWhoWrite(dir);
  if (!others && (me === undefined || statSync(dir).uid === me)) return;
  const { path, why } = others ?? { path: dir, why: "owner" };
  if (why === "owner") {
    throw unsafe(dir, `${path} belongs to another user`, `Use a directory of your own: RUNBOOK_STATE_DIR=DIR.`);
  }
  throw unsafe(dir, `others may write to ${path}`, wayOut(path, dir, statSync(path).mode));
}

/** What to do about a directory where others may write: one that is shared on purpose must stay as it is. */
function wayOut(path: string, dir: string, mode: number): string {
  if (path === dir && (mode & 0o1000) !== 0) {
    return `Use a directory of your own, such as RUNBOOK_STATE_DIR=${quoteShell(join(path, "runbook"))}.`;
  }
  if (path === dir && holdsOnlyState(dir)) {
    return `Run \`chmod go-w ${quoteShell(path)}\`, or use another: RUNBOOK_STATE_DIR=DIR.`;
  }
  return "Use a directory of your own, in a folder where nobody else may write: RUNBOOK_STATE_DIR=DIR.";
}

function holdsOnlyState(dir: string): boolean {
  const files = readdirSync(dir);
  return files.length === 0 || files.includes(journalFile);
}

/** A directory with nothing but state is closed to readers too; one with other things in it is left as it is. */
function tighten(dir: string): void {
  if ((statSync(dir).mode & 0o777) === 0o700) return;
  if (holdsOnlyState(dir)) chmodSync(dir, 0o700);
}

function unsafe(dir: string, why: string, hint: string): RunbookError {
  return new RunbookError("state-dir-unsafe", `The state directory ${dir} is not safe: ${why}.`, { hint });
}
