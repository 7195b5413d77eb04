import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEvidence, type ReadEvidence } from "./parse.ts";

/** Reads all evidence that lies beside pages below a folder, by path. */
export function readEvidenceFiles(contentDir: string): ReadEvidence[] {
  return globSync("**/evidence/*@*.json", { cwd: contentDir, exclude: ["**/node_modules", "**/.*"] })
    .toSorted()
    .map((path) => join(contentDir, path))
    .map((file) => parseEvidence(readFileSync(file, "utf8"), file));
}
