import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Journal } from "../../../engine/journal/journal.ts";
import type { RunRecord } from "../../../engine/journal/record.ts";
import type { UndoTarget } from "../../../engine/plan/undo/plan-undo.ts";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { runbookOrder } from "../../../language/meaning/order.ts";
import { isPath } from "../../../library/is-path.ts";
import { findRunbooks, type Library, loadLibrary, loadRunbooks } from "../../../library/library.ts";
import { didYouMean } from "../../../words/nearest.ts";
import type { Context } from "../../context.ts";
import { givenValues, rawValues } from "../../line/given-values.ts";
import { readRunbook } from "../../pages.ts";
import { recallPage } from "../page-of-run.ts";

/** What an undo is about, and today's pages as far as there are any. */
export interface FoundTarget {
  library: Library;
  target: UndoTarget;
}

/** Finds what a word names: a page, a runbook's id, or a run. The journal's runs need no page to be undone. */
export async function findTarget(context: Context, journal: Journal): Promise<FoundTarget> {
  const word = context.words[0] ?? "";
  if (isPath(word)) return await findByPage(context, journal, word);
  const library = await pagesOrNone(context);
  const ids = [...new Set([...library.runbooks.keys(), ...(await idsOrNone(context))])];
  const known = runsOf(journal, word);
  if (ids.includes(word) || known.length > 0) {
    const given = known.length > 0 ? rawValues(context) : await valuesOfPage(context, word);
    return { library, target: { id: word, given, env: context.io.env } };
  }
  const record = findRecord(journal, word, ids);
  const [name] = context.values.keys();
  if (name !== undefined) {
    throw new RunbookError("surplus-argument", `${record.id} has its own values: ${name} can't be given.`, {
      hint: `Values choose among the runs of a runbook: ./runbook undo ${record.runbook} ${name}=…`,
    });
  }
  return { library: await withPage(context, library, recallPage(context, record.id)), target: { run: record.id } };
}

/** A page by its path; where it is gone, the journal still knows which runbook was run from there. */
async function findByPage(context: Context, journal: Journal, word: string): Promise<FoundTarget> {
  const path = resolve(context.io.cwd, word);
  const library = await withPage(context, await pagesOrNone(context), existsSync(path) ? word : undefined);
  const record = journal.runs().find((run) => recallPage(context, run.id) === path);
  if (!record) {
    const { runbook } = await readRunbook(context, word);
    const given = givenValues(context, runbookOrder(library.runbooks, runbook.id));
    return { library, target: { id: runbook.id, given, env: context.io.env } };
  }
  return { library, target: { id: record.runbook, given: rawValues(context), env: context.io.env } };
}

async function valuesOfPage(context: Context, id: string): Promise<ReadonlyMap<string, string>> {
  const { library, runbook } = await readRunbook(context, id);
  return givenValues(context, runbookOrder(library.runbooks, runbook.id));
}

/** The runs of this journal that did something of a runbook. */
function runsOf(journal: Journal, id: string): RunRecord[] {
  return journal
    .runs()
    .filter(({ kind, steps }) => kind === "exec" && steps.some(({ key }) => key.startsWith(`${id}/`)));
}

function findRecord(journal: Journal, word: string, ids: readonly string[]): RunRecord {
  try {
    return journal.run(word);
  } catch (error) {
    const meant = didYouMean(word, ids);
    if (!(error instanceof RunbookError) || error.code !== "unknown-run" || !meant) throw error;
    throw new RunbookError("unknown-run", `There is no run and no runbook "${word}".`, { hint: meant });
  }
}

/** All pages that can be read: none of them is needed to undo what the journal recorded. */
async function pagesOrNone({ contentDir }: Context): Promise<Library> {
  try {
    return await loadLibrary(contentDir);
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return { contentDir, pages: [], texts: new Map(), runbooks: new Map(), diagnostics: [] };
  }
}

async function idsOrNone({ contentDir }: Context): Promise<string[]> {
  try {
    return (await findRunbooks(contentDir)).map(({ id }) => id);
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return [];
  }
}

/** The pages with one that lies elsewhere, where that can be read. */
async function withPage(context: Context, library: Library, page: string | undefined): Promise<Library> {
  if (page === undefined || !existsSync(resolve(context.io.cwd, page))) return library;
  const other = await loadRunbooks(context.contentDir, page).catch((error: unknown) => {
    if (error instanceof RunbookError) return undefined;
    throw error;
  });
  if (!other) return library;
  return {
    contentDir: library.contentDir,
    pages: [...library.pages, ...other.pages],
    texts: new Map([...library.texts, ...other.texts]),
    runbooks: new Map([...library.runbooks, ...other.runbooks]),
    diagnostics: [...library.diagnostics, ...other.diagnostics],
  };
}
