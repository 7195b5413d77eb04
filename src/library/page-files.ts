import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { RunbookError } from "../errors/runbook-error.ts";

/** A page's file below the folder of pages. */
export interface PageFile {
  /** Relative to the folder of pages. */
  path: string;
  /** Differs when the file's text does. */
  stamp: string;
  /** When it last changed in any way, in milliseconds since 1970. */
  changed: number;
}

/** All pages below a folder, by path. Hidden folders and node_modules hold none; linked folders are not followed. */
export function pageFiles(contentDir: string): PageFile[] {
  const files: PageFile[] = [];
  const visit = (folder: string): void => {
    for (const entry of entriesOf(contentDir, folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".") && entry.name !== "node_modules") visit(path);
      } else if (/\.mdx?$/i.test(entry.name)) {
        const file = stampedFile(contentDir, path);
        if (file) files.push(file);
      }
    }
  };
  visit("");
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A page's text. */
export function readPageText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new RunbookError("unknown-page", `There is no page ${file}.`, { cause: error });
    throw new RunbookError("page-unreadable", `The page ${file} can't be read: ${message}.`, {
      hint: "Make it readable for this user.",
      cause: error,
    });
  }
}

function entriesOf(contentDir: string, folder: string): Dirent[] {
  try {
    return readdirSync(join(contentDir, folder), { withFileTypes: true });
  } catch (error) {
    throw new RunbookError(
      "no-content",
      `The pages in ${join(contentDir, folder)} can't be read: ${(error as Error).message}.`,
      {
        hint: "Name a folder of pages: --content DIR.",
        cause: error,
      },
    );
  }
}

/** A link counts as the file that it leads to; one that leads nowhere, or a file just removed, as none. */
function stampedFile(contentDir: string, path: string): PageFile | undefined {
  const stat = statSync(join(contentDir, path), { throwIfNoEntry: false });
  if (!stat?.isFile()) return undefined;
  const { mtimeMs, ctimeMs, size, ino } = stat;
  return { path, stamp: `${mtimeMs} ${ctimeMs} ${size} ${ino}`, changed: Math.max(mtimeMs, ctimeMs) };
}
