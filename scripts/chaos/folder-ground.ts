import { cpSync, lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ground, Look } from "./ground.ts";

/** A folder of this machine, for runbooks that change nothing else. */
export function folderGround(folder: string): Ground {
  const kept = mkdtempSync(join(tmpdir(), "runbook-chaos-"));
  const empty = (): void => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  };
  return {
    look: async () => treeOf(folder),
    keep: async (name) => cpSync(folder, join(kept, name), { recursive: true, verbatimSymlinks: true }),
    putBack: async (name) => {
      empty();
      cpSync(join(kept, name), folder, { recursive: true, verbatimSymlinks: true });
    },
    leftovers: async (runs) => processesOf(new Set(runs)),
    close: async () => rmSync(kept, { recursive: true, force: true }),
  };
}

/** Everything in a folder: kinds of files, permissions, contents. */
function treeOf(folder: string): Look {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return new Map(
    names.map((name) => {
      const path = join(folder, name);
      const stat = lstatSync(path);
      const content = stat.isSymbolicLink()
        ? readlinkSync(path)
        : stat.isFile()
          ? readFileSync(path, "latin1")
          : "folder";
      return [name, `${(stat.mode & 0o7777).toString(8)} ${content}`];
    }),
  );
}

/** Processes of this machine that the shells of these runs started. */
function processesOf(runs: ReadonlySet<string>): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
      const run = environment.find((entry) => entry.startsWith("RUNBOOK_RUN="))?.slice("RUNBOOK_RUN=".length);
      if (run === undefined || !runs.has(run)) return [];
      return [readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ").slice(0, 80)].filter(Boolean);
    } catch {
      return []; // The process has ended meanwhile, or belongs to another user.
    }
  });
}
