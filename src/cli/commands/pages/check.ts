import { statSync } from "node:fs";
import { basename, join } from "node:path";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { readEvidenceFiles } from "../../../evidence/files.ts";
import { diagnoseEvidence, type ReadEvidence } from "../../../evidence/index.ts";
import { mendText } from "../../../language/check/mend.ts";
import type { Diagnostic } from "../../../language/model/diagnostic.ts";
import { type Library, loadLibrary, loadRunbooks } from "../../../library/library.ts";
import { pageFiles } from "../../../library/page-files.ts";
import { replacePage } from "../../../library/replace-page.ts";
import { styleFor } from "../../../terminal/style.ts";
import { count } from "../../../words/count.ts";
import { type Context, columnsOf, flagValue, printJson } from "../../context.ts";
import { pagePath } from "../../pages.ts";
import { withAnnotations } from "../../views/annotations.ts";
import { diagnosticsText } from "../../views/diagnostics.ts";

/** Says what is wrong with pages; mends what has one safe mend, when asked to. */
export async function run(context: Context): Promise<number> {
  const { io, json, quiet, flags } = context;
  forGithub(context);
  let libraries = await read(context);
  const mended = flags.has("fix") ? libraries.flatMap(mendPages) : [];
  if (mended.length > 0) libraries = await read(context);
  const diagnostics = unique(libraries.flatMap((library) => library.diagnostics));
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  if (json) {
    printJson(io, diagnostics);
  } else {
    const style = styleFor(Boolean(io.stdout.isTTY), io.env);
    const texts = new Map(libraries.flatMap((library) => [...library.texts]));
    const text = diagnosticsText(diagnostics, { style, columns: columnsOf(io) }, texts);
    io.out(forGithub(context) ? withAnnotations(text, diagnostics, io) : text);
    for (const file of mended) io.out(`mended ${file}\n`);
    if (!quiet)
      io.out(
        `${summary(errors, warnings, new Set(libraries.flatMap(({ pages }) => pages.map(({ file }) => file))).size)}\n`,
      );
  }
  return errors > 0 || (flags.has("strict") && warnings > 0) ? 2 : 0;
}

/** Whether annotations are wanted; no other report of diagnostics is known. */
function forGithub(context: Context): boolean {
  const format = flagValue(context, "report");
  if (format === undefined || format === "github") return format !== undefined;
  throw new RunbookError("unknown-report", `\`check\` has no report "${format}".`, {
    hint: "There is github; --json prints the diagnostics for other programs.",
  });
}

/** Pages by path, a folder's by the folder's, are read with what they require, whose own diagnostics belong to others. */
async function read(context: Context): Promise<Library[]> {
  const evidence = readEvidenceFiles(context.contentDir);
  if (context.words.length === 0) return [withEvidence(await loadLibrary(context.contentDir), evidence)];
  const libraries: Library[] = [];
  for (const word of context.words) {
    const path = pagePath(context, word);
    if (!path) {
      throw new RunbookError("no-page", `"${word}" is no page.`, {
        hint: `A page is given by its path, such as ./${word}.md; without one, all are checked.`,
      });
    }
    const files = statSync(path).isDirectory() ? pageFiles(path).map((file) => join(path, file.path)) : [path];
    for (const file of files) {
      const library = await loadRunbooks(context.contentDir, file);
      const [page] = library.pages;
      const diagnostics = library.diagnostics.filter((found) => found.file === page?.file);
      const id = page?.runbook?.id;
      const own = evidence.filter((read) => basename(read.file).startsWith(`${id}@`));
      libraries.push(withEvidence({ ...library, diagnostics }, own));
    }
  }
  return libraries;
}

function withEvidence(library: Library, evidence: readonly ReadEvidence[]): Library {
  const found = diagnoseEvidence(evidence, library.runbooks);
  return { ...library, diagnostics: [...library.diagnostics, ...found] };
}

const UNWRITABLE = new Set(["not-text", "page-too-large", "page-unreadable"]);

/** Writes what can be mended; gives the files. */
function mendPages({ texts, diagnostics }: Library): string[] {
  const mended: string[] = [];
  for (const [file, text] of texts) {
    const own = diagnostics.filter((diagnostic) => diagnostic.file === file);
    // The text that was read is not the whole page, or not its exact bytes: writing it back would lose the rest.
    if (own.some(({ code }) => UNWRITABLE.has(code))) continue;
    const better = mendText(text, own);
    if (better === text) continue;
    replacePage(file, better);
    mended.push(file);
  }
  return mended;
}

function unique(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const byText = new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
  return [...byText.values()];
}

function summary(errors: number, warnings: number, pages: number): string {
  return `${count(errors, "error")}, ${count(warnings, "warning")} in ${count(pages, "page")}`;
}
