import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../checkout.ts";

let known: string | undefined;

/**
 * Changes with the code that reads pages, and with the libraries that it reads them by. The bundle has the value that it was
 * made with in this function's place: reading a hundred files at each start would cost more than a short page.
 */
export function readerVersion(): string {
  known ??= versionOfSources(checkout);
  return known;
}

/** The version of the sources that read pages, in a checkout. */
export function versionOfSources(folder: string): string {
  const hash = createHash("sha256");
  for (const path of ["package-lock.json", "src/language", "src/words", "src/terminal/clean.ts", "src/schema"]) {
    for (const file of filesAt(join(folder, path))) hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function filesAt(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
