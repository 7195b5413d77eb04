import { dirname, join } from "node:path";
import type { Dialect } from "../language/model/dialect.ts";
import { type Index, type IndexEntry, readIndex, writeIndex } from "./index-cache.ts";
import { pageFiles, readPageText } from "./page-files.ts";
import { settingsAt, settingsFinder } from "./project.ts";

/** A runbook's entry in a list of runbooks. */
export interface RunbookSummary {
  id: string;
  title: string;
  description?: string;
  /** The page's path, below the folder of pages as that was given. */
  file: string;
  requires: string[];
}

/** A file's times tell nothing about a change in the same tick of the clock, so what is younger is not cached. */
const youngMs = 100;

/** The runbooks of a folder of pages, by path, without reading a page that has not changed. */
export async function findRunbooks(contentDir: string): Promise<RunbookSummary[]> {
  const known = readIndex(contentDir);
  const summaries: RunbookSummary[] = [];
  const index: Index = {};
  const settled = Date.now() - youngMs;
  const settingsOf = settingsFinder();
  for (const { path, stamp: fileStamp, changed } of pageFiles(contentDir)) {
    const file = join(contentDir, path);
    const { dialect } = settingsOf(file);
    // The dialect is a part of the stamp: the same text means something else in another dialect.
    const stamp = `${dialect} ${fileStamp}`;
    const cached = known[path];
    const entry = cached?.stamp === stamp ? cached : await readEntry(file, stamp, dialect);
    if (changed < settled) index[path] = entry;
    const { id, title, description, requires = [] } = entry;
    if (id === undefined) continue;
    summaries.push({
      id,
      title: title ?? id,
      ...(description !== undefined && { description }),
      file,
      requires,
    });
  }
  if (differs(known, index)) writeIndex(contentDir, index);
  return summaries;
}

/** A page that can't be read is not listed; `check` says why. */
async function readEntry(file: string, stamp: string, dialect: Dialect): Promise<IndexEntry> {
  try {
    return await readSummary(file, stamp, dialect);
  } catch {
    return { stamp };
  }
}

async function readSummary(file: string, stamp: string, dialect: Dialect): Promise<IndexEntry> {
  const { readFrontmatter } = await import("../language/read/frontmatter/summary.ts");
  const { text } = readPageText(file);
  const { id, title, description, requires } = readFrontmatter(text, dialect);
  if (id === undefined) return { stamp };
  return {
    stamp,
    id,
    title: title ?? (await headingOf(text, file)) ?? id,
    ...(description !== undefined && { description }),
    requires,
  };
}

/** A runbook's title, where its frontmatter has none, as `show` has it. */
async function headingOf(text: string, file: string): Promise<string | undefined> {
  const { readPage } = await import("../language/read/read-page.ts");
  return (await readPage(text, { file, settings: settingsAt(dirname(file)) })).runbook?.title;
}

function differs(known: Index, index: Index): boolean {
  const paths = Object.keys(index);
  return paths.length !== Object.keys(known).length || paths.some((path) => known[path]?.stamp !== index[path]?.stamp);
}
