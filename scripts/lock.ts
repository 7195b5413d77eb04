/**
 * Run after npm has written package-lock.json: leaves out what each package asks of Node. Everything here
 * runs on the locked Node, but npm judges by the one that it runs on itself, and where that is older, as
 * Debian's, it silently leaves out optional packages: the native parts of the tools.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const file = join(import.meta.dirname, "../package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
for (const [path, entry] of Object.entries<{ engines?: unknown }>(lock.packages)) if (path !== "") delete entry.engines;
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
