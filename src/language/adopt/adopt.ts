import { checkPage } from "../check/page.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Page } from "../model/page.ts";
import { PLAIN } from "../model/project.ts";
import { parsePage, type ReadPageOptions, readPage } from "../read/read-page.ts";
import { judge } from "./candidates.ts";
import { applyEdits } from "./edit.ts";
import { headerEdit } from "./header.ts";
import { fenceIndented, indentedBlocks } from "./indented.ts";
import { otherForms } from "./other-forms.ts";
import { headingsOf, Ids } from "./outline.ts";
import { tagEdit } from "./tag.ts";

/** How an outside page is made a runbook. */
export interface AdoptOptions extends ReadPageOptions {
  /** The runbook's id. */
  id: string;
  /** What the outside page is called where neither heading nor title says it: the name of its file. */
  name?: string;
  /** Turns indented blocks that read like shell into fences. */
  indented?: boolean;
}

/** The result of adopting an outside page; lines are those of the new page. */
export interface Adopted {
  text: string;
  /** Fences that are steps now. */
  tagged: { line: number; step: string }[];
  /** Shell that is left as it is, and why. */
  left: { line: number; reason: string }[];
  /** Why the whole page could not be made a runbook. */
  problem?: Pick<Diagnostic, "message" | "hint">;
}

/** Errors that a page has as a whole: nothing can be said of its fences. */
const WHOLE_PAGE: ReadonlySet<string> = new Set([
  ...["page-unreadable", "page-too-large", "not-text", "mdx-syntax", "yaml-syntax", "toml-frontmatter"],
]);

/**
 * Makes a runbook of an outside page: its header gets `runbook:`, and each fence that can be a step its tag. All else stays
 * as it is, byte for byte. A tag with which its fence would be an error is taken back, and the error is the reason.
 */
export async function adoptPage(text: string, options: AdoptOptions): Promise<Adopted> {
  const { dialect } = options.settings ?? PLAIN;
  const first = await readPage(text, options);
  if (first.runbook) return failed(text, { message: "The page is a runbook already.", hint: "Copy it." });
  const blocks = options.indented ? indentedBlocks(await parsePage(text, options), text) : [];
  const source = fenceIndented(text, blocks);
  const page = await readPage(source, options);
  const headings = headingsOf(await parsePage(source, options));
  const { languages, reasons } = judgeAll(page);
  for (;;) {
    const ids = new Ids(headings, [page.title, options.name]);
    const steps = new Map([...languages.keys()].map((index) => [index, ids.at(lineOf(page, index))]));
    const tags = [...steps].map(([index, step]) =>
      tagEdit(source, page.fences[index], languages.get(index), step, dialect),
    );
    const built = applyEdits(source, [headerEdit(source, options.id), ...tags.flat()]);
    const read = await readPage(built, options);
    const errors = [...read.diagnostics, ...checkPage(read)].filter(({ severity }) => severity === "error");
    const whole = errors.find(({ code }) => WHOLE_PAGE.has(code));
    if (whole) return failed(text, whole);
    const guilty = guiltyFences(read, languages, errors);
    for (const [index, { message }] of guilty) {
      languages.delete(index);
      reasons.set(index, message);
    }
    if (guilty.size > 0) continue;
    const tagged = [...steps].map(([index, step]) => ({ line: lineOf(read, index), step }));
    const left = [...reasons].map(([index, reason]) => ({ line: lineOf(read, index), reason }));
    const others = errors.map(({ span, message }) => ({ line: span.start.line, reason: message }));
    const tree = await parsePage(built, options);
    const indented = indentedBlocks(tree, built).map(({ span, language, reason }) => ({
      line: span.start.line,
      reason: language === undefined ? reason : "It is an indented block, and only a fence can be a step.",
    }));
    return {
      text: built,
      tagged,
      left: [...left, ...others, ...otherForms(tree), ...indented].sort((a, b) => a.line - b.line),
    };
  }
}

function failed(text: string, problem: NonNullable<Adopted["problem"]>): Adopted {
  return { text, tagged: [], left: [], problem };
}

function lineOf({ fences }: Page, index: number): number {
  return fences[index]?.span.start.line ?? 1;
}

/** By the index of each fence: its language as a step, or why it can be none. */
function judgeAll({ fences }: Page): { languages: Map<number, string>; reasons: Map<number, string> } {
  const languages = new Map<number, string>();
  const reasons = new Map<number, string>();
  for (const [index, fence] of fences.entries()) {
    const verdict = judge(fence);
    if (verdict === "none") continue;
    if ("reason" in verdict) reasons.set(index, verdict.reason);
    else languages.set(index, verdict.language);
  }
  return { languages, reasons };
}

/** Fences that are wrong as steps, with the first error of each. */
function guiltyFences(
  { fences }: Page,
  languages: ReadonlyMap<number, string>,
  errors: readonly Diagnostic[],
): Map<number, Diagnostic> {
  const guilty = new Map<number, Diagnostic>();
  for (const error of errors) {
    const { line } = error.span.start;
    const index = fences.findIndex(({ span }) => span.start.line <= line && line <= span.end.line);
    if (languages.has(index) && !guilty.has(index)) guilty.set(index, error);
  }
  return guilty;
}
