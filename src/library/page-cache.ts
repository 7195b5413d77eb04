import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { checkout } from "../checkout.ts";
import type { Diagnostic } from "../language/model/diagnostic.ts";
import type { Page } from "../language/model/page.ts";
import type { ProjectSettings } from "../language/model/project.ts";
import { isTrustedCache } from "../trust.ts";
import { writeWhole } from "../write-whole.ts";
import { cacheFolders, makeFolder } from "./index-cache.ts";
import { readerVersion } from "./reader-version.ts";

/** A page as it was read, with all that is wrong with it by itself. */
export interface ReadPage {
  page: Page;
  diagnostics: Diagnostic[];
}

/** Where a page is, and what its project says of it. */
export interface PagePlace {
  contentDir: string;
  file: string;
  settings: ProjectSettings;
}

const subfolder = "read";

interface Entry extends ReadPage {
  key: string;
}

/**
 * The page that was read from this text before, by this very reader; undefined where none is kept. Reading Markdown,
 * YAML and shell costs more than running a short page, mostly for loading their parsers.
 */
export function cachedPage({ contentDir, file, settings }: PagePlace, text: string): ReadPage | undefined {
  const key = keyOf(file, settings, text);
  for (const folder of cacheFolders(contentDir)) {
    // The cache's contents are run as this user: no other user may have written them.
    if (!isTrustedCache(join(folder, subfolder), checkout)) continue;
    try {
      const entry = JSON.parse(readFileSync(entryFile(folder, file), "utf8")) as Entry;
      if (entry.key === key) return { page: entry.page, diagnostics: entry.diagnostics };
    } catch {}
  }
  return undefined;
}

/**
 * Keeps a page that was read, where that is possible; where not, only time is lost. That reading took too long is not kept: it may be
 * otherwise the next time.
 */
export function keepPage({ contentDir, file, settings }: PagePlace, text: string, read: ReadPage): void {
  if (read.diagnostics.some(({ code }) => code === "page-too-large")) return;
  const entry: Entry = { key: keyOf(file, settings, text), ...read };
  for (const folder of cacheFolders(contentDir)) {
    try {
      if (!makeFolder(folder) || !makeFolder(join(folder, subfolder))) continue;
      writeWhole(entryFile(folder, file), JSON.stringify(entry));
      return;
    } catch {}
  }
}

/** One entry a page: an earlier text of the page is of no use. */
function entryFile(folder: string, file: string): string {
  const name = createHash("sha256").update(resolve(file)).digest("hex").slice(0, 32);
  return join(folder, subfolder, `${name}.json`);
}

function keyOf(file: string, settings: ProjectSettings, text: string): string {
  return createHash("sha256")
    .update(JSON.stringify([readerVersion(), file, settings, text]))
    .digest("hex");
}
