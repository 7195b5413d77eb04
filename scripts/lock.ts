/**
 * Run this after npm has written package-lock.json: it removes the Node versions that packages require. Everything here
 * runs on the locked Node, but npm compares these versions with the Node that npm itself runs on. Where that Node is older, as
 * Debian's is, npm silently leaves out optional packages, such as the native parts of the tools.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const file = join(import.meta.dirname, "../package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
for (const [path, entry] of Object.entries<{ engines?: unknown }>(lock.packages)) if (path !== "") delete entry.engines;
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
