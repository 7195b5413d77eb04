import { globSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/** A change of every built page. */
export interface PageChange {
  /** What comes once, before the pages. */
  begin?: (folder: string) => void;
  /** The page's text as it will be served. The name is that of its file below the folder. */
  change: (html: string, name: string, folder: string) => string | Promise<string>;
}

/**
 * Changes every built page, by these changes in their order. Each page is read and written once: a file that is written anew makes
 * the file system wait for the disk.
 */
export function finishPages(changes: readonly PageChange[]): AstroIntegration {
  return {
    name: "finish-pages",
    hooks: {
      "astro:build:done": async ({ dir }) => {
        const folder = fileURLToPath(dir);
        for (const { begin } of changes) begin?.(folder);
        await Promise.all(globSync("**/*.html", { cwd: folder }).map((name) => finish(folder, name, changes)));
      },
    },
  };
}

async function finish(folder: string, name: string, changes: readonly PageChange[]): Promise<void> {
  const file = join(folder, name);
  let html = await readFile(file, "utf8");
  for (const { change } of changes) html = await change(html, name, folder);
  await writeFile(file, html);
}
