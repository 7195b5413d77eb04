// The launcher starts this file and no other: plain JavaScript, so that the compile cache is on before
// the first line of ours is read. The variable NODE_COMPILE_CACHE would do the same, but steps inherit it.
import { accessSync, constants, mkdirSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

/** The first place that can be written: the checkout's own, else the user's. */
function cacheFolder() {
  const userCache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  for (const folder of [join(import.meta.dirname, "../../.cache/compiled"), join(userCache, "runbook")]) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      accessSync(folder, constants.W_OK);
      return folder;
    } catch {
      // A read-only checkout, or no home: the next place, or none. It only costs time.
    }
  }
  return undefined;
}

const folder = cacheFolder();
if (folder) enableCompileCache(folder);
await import("./main.ts");
