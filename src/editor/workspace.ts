import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readEvidenceFiles } from "../evidence/files.ts";
import { diagnoseEvidence } from "../evidence/index.ts";
import { checkLibrary } from "../language/check/library.ts";
import { runbookOrder } from "../language/meaning/order.ts";
import type { Diagnostic } from "../language/model/diagnostic.ts";
import type { Page } from "../language/model/page.ts";
import type { Runbook } from "../language/model/runbook.ts";
import { readPageFile, readText } from "../library/library.ts";
import type { ReadPage } from "../library/page-cache.ts";
import { pageFiles } from "../library/page-files.ts";
import { settingsAt } from "../library/project.ts";

/** Where pages lie, and what places in them are relative to. */
export interface WorkspaceOptions {
  contentDir: string;
  cwd: string;
}

/** A page as the editor has it, among all others. */
export interface OpenPage {
  page: Page;
  text: string;
  runbooks: ReadonlyMap<string, Runbook>;
  /** The runbooks that it runs: the required ones first, its own last; empty where the page is no runbook. */
  order: readonly Runbook[];
  /** Gives the diagnostics that `check` has for this page; it looks at all pages and at evidence. */
  diagnose: () => readonly Diagnostic[];
}

/** The pages of a folder, with the text that the editor has of those that are open. */
export class Workspace {
  readonly #options: WorkspaceOptions;
  /** The text of each page that is open, by its file. */
  readonly #open = new Map<string, string>();
  /** The pages that were read, by file: a page is read again only when its text or its file differs. */
  readonly #read = new Map<string, { stamp: string; read: ReadPage }>();

  constructor(options: WorkspaceOptions) {
    this.#options = options;
  }

  /** Takes the editor's text of a page in place of its file's. */
  open(uri: string, text: string): void {
    this.#open.set(this.fileOf(uri), text);
  }

  /** Takes the page's file again. */
  close(uri: string): void {
    this.#open.delete(this.fileOf(uri));
  }

  /** The page's file, as `check` names it. */
  fileOf(uri: string): string {
    const path = fileURLToPath(uri);
    const short = relative(this.#options.cwd, path);
    return short.startsWith("..") || isAbsolute(short) ? path : short;
  }

  /** The editor's name of a page's file. */
  uriOf(file: string): string {
    return pathToFileURL(resolve(this.#options.cwd, file)).href;
  }

  /** What the command line takes for a page: its runbook's id where it lies in the folder of pages, else its path. */
  nameOf({ page: { file, runbook } }: OpenPage): string {
    const { contentDir, cwd } = this.#options;
    const below = !relative(resolve(cwd, contentDir), resolve(cwd, file)).startsWith("..");
    if (below && runbook && runbook.id !== "") return runbook.id;
    return isAbsolute(file) || file.includes("/") ? file : `./${file}`;
  }

  /** An open page, read among all others of its folder; undefined where it is not open. */
  async page(uri: string): Promise<OpenPage | undefined> {
    const file = this.fileOf(uri);
    const text = this.#open.get(file);
    if (text === undefined) return undefined;
    const all = await this.#readAll();
    const own = all.get(file);
    if (!own) return undefined;
    const pages = [...all.values()].map(({ page }) => page);
    const runbooks = new Map<string, Runbook>();
    for (const { runbook } of pages) if (runbook && !runbooks.has(runbook.id)) runbooks.set(runbook.id, runbook);
    const { runbook } = own.page;
    const complete = runbook && new Map([...runbooks, [runbook.id, runbook]]);
    return {
      page: own.page,
      text,
      runbooks,
      order: complete ? runbookOrder(complete, runbook.id) : [],
      diagnose: () => [
        ...own.diagnostics,
        ...checkLibrary(pages).filter((found) => found.file === file),
        ...(runbook ? evidenceDiagnostics(runbook, complete ?? runbooks) : []),
      ],
    };
  }

  async #readAll(): Promise<Map<string, ReadPage>> {
    const { contentDir } = this.#options;
    const all = new Map<string, ReadPage>();
    for (const { path, stamp } of filesOf(contentDir)) {
      const file = join(contentDir, path);
      if (!this.#open.has(file))
        all.set(file, await this.#once(file, `file ${stamp}`, () => readPageFile(contentDir, file)));
    }
    for (const [file, text] of this.#open) {
      all.set(file, await this.#once(file, `text ${text}`, () => readText(file, text)));
    }
    return all;
  }

  async #once(file: string, own: string, read: () => Promise<ReadPage>): Promise<ReadPage> {
    // The project's configuration may be edited, too.
    const stamp = JSON.stringify([settingsAt(dirname(file)), own]);
    const known = this.#read.get(file);
    if (known?.stamp === stamp) return known.read;
    const fresh = await read();
    this.#read.set(file, { stamp, read: fresh });
    return fresh;
  }
}

/** Evidence lies beside its page. */
function evidenceDiagnostics({ id, file }: Runbook, runbooks: ReadonlyMap<string, Runbook>): Diagnostic[] {
  const own = readEvidenceFiles(dirname(file)).filter((read) => basename(read.file).startsWith(`${id}@`));
  return diagnoseEvidence(own, runbooks).filter((found) => found.file === file);
}

/** A folder that is gone, or was never there, holds no other pages: those that are open are read all the same. */
function filesOf(contentDir: string): ReturnType<typeof pageFiles> {
  try {
    return pageFiles(contentDir);
  } catch {
    return [];
  }
}
