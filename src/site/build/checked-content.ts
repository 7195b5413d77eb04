import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readEvidenceFiles } from "../../evidence/files.ts";
import { diagnoseEvidence } from "../../evidence/index.ts";
import { checkLibrary } from "../../language/check/library.ts";
import { checkPage } from "../../language/check/page.ts";
import { renderDiagnostic } from "../../language/check/render.ts";
import type { Diagnostic } from "../../language/model/diagnostic.ts";
import type { Page } from "../../language/model/page.ts";
import type { ReadContent } from "../proof/read-content.ts";
import type { ParsedPage } from "./parsed/parsed-pages.ts";
import { readForSite } from "./parsed/read-for-site.ts";
import { siteSyntax } from "./parsed/site-syntax.ts";

/** An error at its place in a page, and as `check` prints it. */
export interface Found extends Diagnostic {
  shown: string;
}

/** The checkout, which the pages' names are relative to. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** What was read below a folder, and all errors in it. */
export interface CheckedContent extends ReadContent {
  errors: Found[];
}

/** Gets each page when it was read, before anything is checked. */
type PageListener = (file: string, parsed: ParsedPage | undefined) => void;

/** Astro renders pages of Markdown first, and bundles those of MDX later. */
function byNeed(one: string, other: string): number {
  return Number(one.endsWith("x")) - Number(other.endsWith("x")) || (one < other ? -1 : 1);
}

/** All errors in the pages below a folder, and in its evidence. */
export async function findErrors(folder: string): Promise<Found[]> {
  return (await checkedContent(folder)).errors;
}

/** Reads the pages below a folder and its evidence, and checks both. */
export async function checkedContent(folder: string, onPage?: PageListener): Promise<CheckedContent> {
  const read: Page[] = [];
  const texts = new Map<string, string>();
  const syntax = await siteSyntax();
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  for (const name of names.filter((one) => /\.mdx?$/.test(one)).sort(byNeed)) {
    const file = join(folder, name);
    const text = readFileSync(join(root, file), "utf8");
    texts.set(file, text);
    const { page, parsed } = await readForSite(text, file, syntax);
    onPage?.(join(root, file), parsed && { ...parsed, page });
    read.push(page);
  }
  const pages = read.toSorted((one, other) => (one.file < other.file ? -1 : 1));
  const runbooks = new Map(pages.flatMap(({ runbook }) => (runbook ? [[runbook.id, runbook]] : [])));
  const files = readEvidenceFiles(folder, root);
  const all = [
    ...pages.flatMap((page) => [...page.diagnostics, ...checkPage(page)]),
    ...checkLibrary(pages),
    ...diagnoseEvidence(files, runbooks),
  ];
  // Beside pages only evidence can be wrong.
  const textOf = (file: string) => texts.get(file) ?? readFileSync(join(root, file), "utf8");
  const errors = all
    .filter(({ severity }) => severity === "error")
    .map((one) => ({ ...one, shown: renderDiagnostic(one, textOf(one.file), { columns: 100 }) }));
  return {
    errors,
    runbooks: new Map(pages.flatMap(({ file, runbook }) => (runbook ? [[file, runbook]] : []))),
    evidence: files.flatMap(({ evidence }) => evidence ?? []),
  };
}
