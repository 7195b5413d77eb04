import { existsSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { RunbookError } from "../errors/runbook-error.ts";
import type { Runbook } from "../language/model/runbook.ts";
import { isPath } from "../library/is-path.ts";
import { findRunbooks, type Library, loadRunbooks } from "../library/library.ts";
import { WrongPageError } from "../library/wrong-page-error.ts";
import { didYouMean } from "../words/nearest.ts";
import type { Context } from "./context.ts";

/** A runbook that was asked for, with all that it requires. */
export interface Asked {
  library: Library;
  runbook: Runbook;
}

/** Reads the runbook that an id or a page's path names. A page with errors is refused, with its diagnostics. */
export async function readRunbook(context: Context, idOrPage: string): Promise<Asked> {
  const page = pagePath(context, idOrPage);
  if (!page) await expectId(context, idOrPage);
  const library = await loadRunbooks(context.contentDir, page ?? idOrPage);
  const errors = library.diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  if (errors.length > 0) throw new WrongPageError(errors);
  const runbook = page
    ? [...library.runbooks.values()].find(({ file }) => resolve(context.io.cwd, file) === resolve(context.io.cwd, page))
    : library.runbooks.get(idOrPage);
  if (runbook) return { library, runbook };
  throw new RunbookError("no-runbook", `${page ?? idOrPage} is no runbook: its frontmatter has no \`runbook:\`.`);
}

/** The page that a word names, if any: a word that looks like a path is one, so an id can never be mistaken for a file that lies around. */
export function pagePath({ io }: Context, word: string): string | undefined {
  if (!isPath(word)) return undefined;
  const path = resolve(io.cwd, word);
  if (!existsSync(path)) throw new RunbookError("unknown-page", `There is no page ${word}.`);
  const short = relative(io.cwd, path);
  return short.startsWith("..") || isAbsolute(short) ? path : short;
}

async function expectId({ contentDir }: Context, id: string): Promise<void> {
  const ids = (await findRunbooks(contentDir)).map((summary) => summary.id);
  if (ids.includes(id)) return;
  throw new RunbookError("unknown-runbook", `There is no runbook "${id}".`, {
    hint: didYouMean(id, ids, "`./runbook list` lists them; a page is given by its path.") ?? "",
  });
}
