import { dirname, join, relative, resolve } from "node:path";
import { RunbookError } from "../errors/runbook-error.ts";
import type { Diagnostic } from "../language/model/diagnostic.ts";
import type { Page } from "../language/model/page.ts";
import type { Span } from "../language/model/place.ts";
import type { Runbook } from "../language/model/runbook.ts";
import type { BrokenText } from "./broken-text.ts";
import { findRunbooks } from "./find-runbooks.ts";
import { isPath } from "./is-path.ts";
import { cachedPage, keepPage, type PagePlace, type ReadPage } from "./page-cache.ts";
import { pageFiles, readPageText } from "./page-files.ts";
import { type SettingsFinder, settingsAt, settingsFinder } from "./project.ts";

// This module is loaded by commands that only list, so the language is imported where it is used.
export { findRunbooks } from "./find-runbooks.ts";

/** Pages that were read, with what is wrong with them. */
export interface Library {
  contentDir: string;
  pages: Page[];
  /** Each page's text, by its file. */
  texts: Map<string, string>;
  /** The pages' runbooks, by id; of two with the same id the first. */
  runbooks: Map<string, Runbook>;
  /** Of each page, and between them. */
  diagnostics: Diagnostic[];
}

/** Reads all pages below a folder. */
export async function loadLibrary(contentDir: string): Promise<Library> {
  const library = emptyLibrary(contentDir);
  const settingsOf = settingsFinder();
  for (const { path } of pageFiles(contentDir)) await addFound(library, join(contentDir, path), settingsOf);
  return await checked(library);
}

/** Reads what one runbook needs: its page, named by its id or its path, and those that it requires. */
export async function loadRunbooks(contentDir: string, idOrPage: string): Promise<Library> {
  const library = emptyLibrary(contentDir);
  const settingsOf = settingsFinder();
  const summaries = await findRunbooks(contentDir);
  const wanted: string[] = [];
  if (isPath(idOrPage)) wanted.push(...(await addPage(library, asInLibrary(contentDir, idOrPage), settingsOf)));
  else wanted.push(idOrPage);
  for (const id of wanted) {
    if (library.runbooks.has(id)) continue;
    // Of pages that share an id all are read, so that the check tells of them.
    for (const { file } of summaries.filter((summary) => summary.id === id))
      wanted.push(...(await addFound(library, file, settingsOf)));
  }
  return await checked(library);
}

function emptyLibrary(contentDir: string): Library {
  return { contentDir, pages: [], texts: new Map(), runbooks: new Map(), diagnostics: [] };
}

/** The same path for a page of the library, whichever way it was named. */
function asInLibrary(contentDir: string, page: string): string {
  const below = relative(resolve(contentDir), resolve(page));
  return below === "" || below.startsWith("..") ? page : join(contentDir, below);
}

/** Reads a page that was found below the folder: where it can't be read, that is the page's own fault. */
async function addFound(library: Library, file: string, settingsOf: SettingsFinder): Promise<string[]> {
  try {
    return await addPage(library, file, settingsOf);
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    const { Complaints } = await import("../language/model/complaints.ts");
    const complaints = new Complaints(file);
    complaints.add("page-unreadable", START, error.message, { hint: error.hint });
    const { diagnostics } = complaints;
    library.pages.push({ file, fences: [], diagnostics });
    library.texts.set(file, "");
    library.diagnostics.push(...diagnostics);
    return [];
  }
}

const START: Span = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

/** Reads a page; gives the ids of what its runbook requires. */
async function addPage(library: Library, file: string, settingsOf: SettingsFinder): Promise<string[]> {
  const { text, ...read } = await readFile({ contentDir: library.contentDir, file, settings: settingsOf(file) });
  library.texts.set(file, text);
  return add(library, read);
}

function add(library: Library, { page, diagnostics }: ReadPage): string[] {
  library.pages.push(page);
  library.diagnostics.push(...diagnostics);
  const { runbook } = page;
  if (!runbook) return [];
  if (!library.runbooks.has(runbook.id)) library.runbooks.set(runbook.id, runbook);
  return runbook.requires.map(({ id }) => id);
}

async function readFile(place: PagePlace): Promise<ReadPage & { text: string }> {
  const { file } = place;
  const { text, broken } = readPageText(file);
  const { page, diagnostics } = cachedPage(place, text) ?? (await readAnew(place, text));
  if (!broken) return { text, page, diagnostics };
  // UTF-16 is full of NULs.
  const others = diagnostics.filter(({ code }) => code !== "not-text");
  return { text, page, diagnostics: [await notText(file, broken), ...others] };
}

/** Reads one page of a folder, with its own diagnostics. For a page that can't be read, they say why. */
export async function readPageFile(contentDir: string, file: string): Promise<ReadPage> {
  const library = emptyLibrary(contentDir);
  await addFound(library, file, settingsFinder());
  const { pages, diagnostics } = library;
  return { page: pages[0] ?? { file, fences: [], diagnostics }, diagnostics };
}

/** The diagnostic of a page that is not UTF-8, at the first byte that is not. */
async function notText(file: string, { place, what }: BrokenText): Promise<Diagnostic> {
  const { Complaints } = await import("../language/model/complaints.ts");
  const complaints = new Complaints(file);
  const span = { start: place, end: { line: place.line, column: place.column + 1 } };
  return complaints.add("not-text", span, `The page is not UTF-8: here stands ${what}.`, {
    hint: "Write it anew as UTF-8; `iconv --to-code=UTF-8` does, from the encoding that it has.",
  });
}

async function readAnew(place: PagePlace, text: string): Promise<ReadPage> {
  const read = await readWith(place, text);
  keepPage(place, text, read);
  return read;
}

/** Reads a page's text, as an editor has it say: nothing of it is kept in the cache. */
export async function readText(file: string, text: string): Promise<ReadPage> {
  return await readWith({ file, settings: settingsAt(dirname(file)) }, text);
}

async function readWith({ file, settings }: Pick<PagePlace, "file" | "settings">, text: string): Promise<ReadPage> {
  const { readPage } = await import("../language/read/read-page.ts");
  const { checkPage } = await import("../language/check/page.ts");
  const page = await readPage(text, { file, settings });
  return { page, diagnostics: [...page.diagnostics, ...checkPage(page)] };
}

async function checked(library: Library): Promise<Library> {
  const { checkLibrary } = await import("../language/check/library.ts");
  library.diagnostics.push(...checkLibrary(library.pages));
  return library;
}
