// The launcher starts this file and no other: plain JavaScript, so that the compile cache is on before
// the first line of ours is read. The variable NODE_COMPILE_CACHE would do the same, but steps inherit it.
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The first place that can be written: the checkout's own, else the user's. */
function cacheFolder() {
  const checkout = join(import.meta.dirname, "../..");
  const userCache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return [join(checkout, ".cache", "compiled"), join(userCache, "runbook")].find(makeFolder);
}

/** Makes a folder in one that may have to be made, too, and tells whether it can be written. */
function makeFolder(folder) {
  try {
    // Not recursive: Node then tries for ever where a file system answers ENOENT, as /proc does.
    for (const path of [dirname(folder), folder]) if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    // A read-only checkout, no home, or another start that was first: it only costs time.
    return false;
  }
}

const folder = cacheFolder();
if (folder) enableCompileCache(folder);
await import("./main.ts");
