// The launcher starts this file and no other. It is CommonJS, because Node needs 5 ms to set up its loader of ES modules,
// and plain JavaScript, so that the compile cache is on before the first line of ours is read. The variable
// NODE_COMPILE_CACHE would do the same, but steps inherit it.
const { accessSync, constants, existsSync, mkdirSync, readFileSync, realpathSync, statSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const { dirname, join } = require("node:path");

const checkout = join(__dirname, "../..");
const bundles = join(checkout, "node_modules/.runbook");

/** The first place that can be written: the checkout's own, else the user's. */
function cacheFolder() {
  const home = process.env.XDG_CACHE_HOME || join(process.env.HOME || require("node:os").homedir(), ".cache");
  return [join(checkout, ".cache", "compiled"), join(home, "runbook")].find(makeFolder);
}

/** Makes a folder in one that may have to be made, too, and tells whether it can be written. */
function makeFolder(folder) {
  try {
    // Not recursive: Node then tries for ever where a file system answers ENOENT, as /proc does.
    for (const path of [dirname(folder), folder]) if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return isTrusted(folder);
  } catch {
    // A read-only checkout, no home, or another start that was first: it only costs time.
    return false;
  }
}

/** Compiled code runs as this user, so that nobody else may write it, but root and who may change the checkout itself. */
function isTrusted(folder) {
  const program = statSync(checkout);
  const inside = folder.startsWith(`${checkout}/`);
  const owners = [0, process.getuid(), ...(inside ? [program.uid] : [])];
  for (
    let path = realpathSync(folder);
    path !== dirname(path) && !(inside && path === checkout);
    path = dirname(path)
  ) {
    const { uid, mode } = statSync(path);
    const sticky = path !== folder && (mode & 0o1000) !== 0;
    const open = mode & 0o022 & (inside ? ~program.mode : ~0);
    if (!owners.includes(uid) || (open !== 0 && !sticky)) return false;
  }
  return true;
}

/** The bundle's first file, where it was made of the sources as they are now; else undefined. */
function freshBundle() {
  try {
    const { entry, sources } = JSON.parse(readFileSync(join(bundles, "bundle.json"), "utf8"));
    for (const [path, mtimeMs, size] of sources) {
      const now = statSync(`${checkout}/${path}`);
      if (now.mtimeMs !== mtimeMs || now.size !== size) return undefined;
    }
    return join(bundles, entry);
  } catch {
    return undefined;
  }
}

/** How many files the program has to have open at once, at least: as in the launcher, which an installed package lacks. */
const leastFiles = 64;

/** The limit of files that a process may have open at once, where it is too low: what then fails names no cause. */
function tooLowLimit() {
  try {
    // Node raises the soft limit to the hard one.
    const hard = /^Max open files +\S+ +(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
    return Number(hard) < leastFiles ? hard : undefined;
  } catch {
    return undefined;
  }
}

/** Starts the program from its bundle; a stale one is made anew first, and where that fails the sources run. */
async function start() {
  const limit = tooLowLimit();
  if (limit) {
    process.stderr.write(
      `error[few-descriptors] A process may have ${limit} files open at once here, and runbook needs ${leastFiles}.\n` +
        "  = Start it where more are allowed: `ulimit -n 1024`, LimitNOFILE= of a unit, --ulimit nofile=1024 of a container.\n",
    );
    process.exitCode = 3;
    return;
  }
  const folder = cacheFolder();
  if (folder) enableCompileCache(folder);
  let entry = freshBundle();
  if (!entry) {
    try {
      await (await import("../../scripts/bundle.ts")).makeBundle();
      entry = freshBundle();
    } catch {
      // A source that does not parse is better reported by Node than by the bundler.
    }
  }
  if (entry) require(entry);
  else await import("./main.ts");
}

start();
