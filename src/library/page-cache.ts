import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { checkout } from "../checkout.ts";
import type { Diagnostic } from "../language/model/diagnostic.ts";
import type { Page } from "../language/model/page.ts";
import { cacheFolders, makeFolder } from "./index-cache.ts";

/** A page as it was read, with all that is wrong with it by itself. */
export interface ReadPage {
  page: Page;
  diagnostics: Diagnostic[];
}

interface Entry extends ReadPage {
  key: string;
}

/**
 * The page that was read from this text before, by this very reader; undefined where none is kept. Reading Markdown,
 * YAML and shell costs more than running a short page, mostly for loading their parsers.
 */
export function cachedPage(contentDir: string, file: string, text: string): ReadPage | undefined {
  const key = keyOf(file, text);
  for (const folder of cacheFolders(contentDir)) {
    try {
      const entry = JSON.parse(readFileSync(entryFile(folder, file), "utf8")) as Entry;
      if (entry.key === key) return { page: entry.page, diagnostics: entry.diagnostics };
    } catch {}
  }
  return undefined;
}

/** Keeps a page that was read, where that is possible; where not, only time is lost. */
export function keepPage(contentDir: string, file: string, text: string, read: ReadPage): void {
  const entry: Entry = { key: keyOf(file, text), ...read };
  for (const folder of cacheFolders(contentDir)) {
    try {
      makeFolder(folder);
      makeFolder(join(folder, "read"));
      const name = entryFile(folder, file);
      // Renamed into place: another start never reads half of it.
      writeFileSync(`${name}.${process.pid}`, JSON.stringify(entry), { mode: 0o600 });
      renameSync(`${name}.${process.pid}`, name);
      return;
    } catch {}
  }
}

/** One entry a page, whatever its text: what a page was is of no use. */
function entryFile(folder: string, file: string): string {
  const name = createHash("sha256").update(resolve(file)).digest("hex").slice(0, 32);
  return join(folder, "read", `${name}.json`);
}

function keyOf(file: string, text: string): string {
  return createHash("sha256")
    .update(JSON.stringify([reader(), file, text]))
    .digest("hex");
}

let known: string | undefined;

/** Changes with the code that reads pages, and with the libraries that it reads them by. */
function reader(): string {
  const folders = ["src/language", "src/words"].map((folder) => join(checkout, folder));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  );
  known ??= [join(checkout, "package-lock.json"), ...files]
    .map((path) => {
      const { mtimeMs, size } = statSync(path);
      return `${path} ${mtimeMs} ${size}`;
    })
    .join("\n");
  return known;
}
