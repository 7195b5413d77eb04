import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { othersWhoWrite } from "../../../trust.ts";

/** Where verify keeps its layers: `RUNBOOK_VERIFY_DIR`, for root /var/cache/runbook/verify, else the user's cache. */
export function verifyDir(env: NodeJS.ProcessEnv): string {
  const given = env["RUNBOOK_VERIFY_DIR"];
  if (given) return given;
  if (process.getuid?.() === 0 && !env["XDG_CACHE_HOME"]) return "/var/cache/runbook/verify";
  return join(env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "runbook", "verify");
}

/** Makes a folder of the cache that nobody else may read. */
export function makeFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

/** Refuses a folder of layers that others could change: systems in it run as root, with all of this machine's devices. */
export function refuseOthers(dir: string): void {
  let there = resolve(dir);
  while (!existsSync(there)) there = dirname(there);
  const others = othersWhoWrite(realpathSync(there));
  if (!others) return;
  const { path, why } = others;
  const said = why === "owner" ? `${path} belongs to another user` : `others may write to ${path}`;
  throw new RunbookError("layers-unsafe", `The folder of layers ${dir} is not safe: ${said}.`, {
    hint: "Name a folder where nobody else may write: RUNBOOK_VERIFY_DIR=DIR; without XDG_CACHE_HOME root has one of its own.",
  });
}
