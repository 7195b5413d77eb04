import { closeSync, type Dirent, fstatSync, openSync, readdirSync, readSync, type Stats, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { RunbookError } from "../errors/runbook-error.ts";
import { maxPageBytes } from "../language/limits.ts";
import { type BrokenText, brokenText } from "./broken-text.ts";
import { projectAt } from "./project.ts";

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
  // Names need no normalizing, and `join` takes longer than looking at a file.
  const below = join(contentDir, "x").slice(0, -1);
  const visit = (folder: string): void => {
    const entries = entriesOf(contentDir, folder);
    if (!entries) files.push(unreadable(folder));
    for (const entry of entries ?? []) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".") && entry.name !== "node_modules") visit(path);
      } else if (/\.mdx?$/i.test(entry.name)) {
        const file = stampedFile(below + path, path);
        if (file) files.push(file);
      }
    }
  };
  for (const folder of foldersOf(contentDir)) visit(folder);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A project's own folder holds pages only where its configuration says so. */
function foldersOf(contentDir: string): readonly string[] {
  const project = projectAt(contentDir);
  return project?.dir === resolve(contentDir) && project.content.length > 0 ? project.content : [""];
}

/**
 * A page's text: no more of it than pages may have, and one byte, by which the language sees that it is too long. Bytes
 * that are no UTF-8 become U+FFFD, and the first of them is told.
 */
export function readPageText(file: string): { text: string; broken?: BrokenText } {
  try {
    const bytes = readStart(file);
    const broken = bytes.length > maxPageBytes ? undefined : brokenText(bytes);
    return { text: bytes.toString("utf8"), ...(broken && { broken }) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new RunbookError("unknown-page", `There is no page ${file}.`, { cause: error });
    throw new RunbookError("page-unreadable", `The page ${file} can't be read: ${message}.`, {
      hint: "Make it readable for this user.",
      cause: error,
    });
  }
}

function readStart(file: string): Buffer {
  const descriptor = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(Math.min(fstatSync(descriptor).size, maxPageBytes + 1));
    return bytes.subarray(0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

/** Undefined for a folder below that can't be read: it must not keep the others from being read. */
function entriesOf(contentDir: string, folder: string): Dirent[] | undefined {
  try {
    return readdirSync(join(contentDir, folder), { withFileTypes: true });
  } catch (error) {
    if (folder !== "") return undefined;
    throw new RunbookError(
      "no-content",
      `The pages in ${join(contentDir, folder)} can't be read: ${(error as Error).message}.`,
      {
        hint: "Name a folder of pages: --content DIR, or `content: DIR` in a file runbook.config.yaml above them.",
        cause: error,
      },
    );
  }
}

/**
 * A link counts as the file that it leads to; one that leads nowhere, or a file just removed, as none. What can't even
 * be looked at, such as a link to itself, is a page that can't be read.
 */
function stampedFile(file: string, path: string): PageFile | undefined {
  const stat = statOf(file);
  if (stat === "unreadable") return unreadable(path);
  if (!stat?.isFile()) return undefined;
  const { mtimeMs, ctimeMs, size, ino } = stat;
  return { path, stamp: `${mtimeMs} ${ctimeMs} ${size} ${ino}`, changed: Math.max(mtimeMs, ctimeMs) };
}

/** Its stamp is younger than any cache: it may become readable at any time. */
function unreadable(path: string): PageFile {
  return { path, stamp: "", changed: Number.POSITIVE_INFINITY };
}

function statOf(file: string): Stats | "unreadable" | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return "unreadable";
  }
}
