import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

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
