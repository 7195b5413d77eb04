import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEvidence, type ReadEvidence } from "./parse.ts";

/** Reads all evidence that lies beside pages below a folder, by path; the folder may be relative to a root. */
export function readEvidenceFiles(contentDir: string, root = ""): ReadEvidence[] {
  return globSync("**/evidence/*@*.json", { cwd: join(root, contentDir), exclude: ["**/node_modules", "**/.*"] })
    .toSorted()
    .map((path) => join(contentDir, path))
    .map((file) => parseEvidence(readFileSync(join(root, file), "utf8"), file));
}
