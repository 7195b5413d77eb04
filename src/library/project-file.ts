import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The names that a project's configuration can have. JSON is read as the YAML that it is. */
const NAMES = ["runbook.config.yaml", "runbook.config.yml", "runbook.config.json"];

/** A project's configuration, not read yet. */
export interface ProjectFile {
  path: string;
  text: string;
}

/**
 * The nearest configuration of a folder or one above it, up to the one that holds `.git`. A file of somebody else than this
 * user, root and the folder's owner is passed over: it would say what runs here.
 */
export function findProjectFile(folder: string): ProjectFile | undefined {
  const start = resolve(folder);
  const owners = new Set([process.getuid?.() ?? 0, 0, ownerOf(start) ?? 0]);
  for (let at = start; ; at = dirname(at)) {
    for (const name of NAMES) {
      const path = join(at, name);
      const owner = ownerOf(path);
      if (owner !== undefined && owners.has(owner)) return { path, text: readFileSync(path, "utf8") };
    }
    if (ownerOf(join(at, ".git")) !== undefined || at === dirname(at)) return undefined;
  }
}

function ownerOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.uid;
}
