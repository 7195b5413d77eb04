import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { checkout } from "../checkout.ts";
import { isTrustedCache } from "../trust.ts";
import { writeWhole } from "../write-whole.ts";

/** A page in the cache. */
export interface IndexEntry {
  stamp: string;
  /** Absent where the page is no runbook. */
  id?: string;
  title?: string;
  description?: string;
  requires?: string[];
}

/** The cached pages, by their paths. */
export type Index = Record<string, IndexEntry>;

/** Raised where the meaning of an entry changes. */
const version = 1;

/** One file, for the folder of pages that was used last: with another, only time is lost. */
const fileName = "pages.json";

interface Content {
  version: number;
  contentDir: string;
  index: Index;
}

/** Reads the index of a folder of pages; an empty one where there is none that can be used. */
export function readIndex(contentDir: string): Index {
  for (const folder of cacheFolders(contentDir)) {
    if (!isTrustedCache(folder, checkout)) continue;
    try {
      const content = JSON.parse(readFileSync(join(folder, fileName), "utf8")) as Content;
      if (content.version === version && content.contentDir === resolve(contentDir)) return content.index;
    } catch {}
  }
  return {};
}

/** Keeps an index where that is possible; where not, only time is lost. */
export function writeIndex(contentDir: string, index: Index): void {
  const content: Content = { version, contentDir: resolve(contentDir), index };
  for (const folder of cacheFolders(contentDir)) {
    try {
      if (!makeFolder(folder)) continue;
      writeWhole(join(folder, fileName), JSON.stringify(content));
      return;
    } catch {}
  }
}

/**
 * Makes a cache's folder; false where others than this user could write to it. Not `recursive`: Node then tries for ever
 * where a file system answers ENOENT, as /proc does.
 */
export function makeFolder(folder: string): boolean {
  for (const path of [dirname(folder), folder]) if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
  return isTrustedCache(folder, checkout);
}

/** Where caches lie: the checkout's own folder for its own pages, where it can be written; else the user's. */
export function cacheFolders(contentDir: string): string[] {
  const userCache = join(
    process.env["XDG_CACHE_HOME"] ||
      join(process.env["HOME"] || process.getBuiltinModule("node:os").homedir(), ".cache"),
    "runbook",
  );
  return `${resolve(contentDir)}/`.startsWith(`${checkout}/`) ? [join(checkout, ".cache"), userCache] : [userCache];
}
