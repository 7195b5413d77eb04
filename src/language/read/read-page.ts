import { maxPageBytes, pageTimeMs, TooLongError, withinTime } from "../limits.ts";
import { Complaints } from "../model/complaints.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { type Dialect, isMdx } from "../model/dialect.ts";
import type { Page, PageFence } from "../model/page.ts";
import type { Place } from "../model/place.ts";
import { PLAIN, type ProjectSettings } from "../model/project.ts";
import type { Runbook } from "../model/runbook.ts";
import { checkSize, TooLargeError } from "./page-size.ts";
import type { MoreSyntax } from "./reader.ts";

/** The options of reading a page. */
export interface ReadPageOptions {
  /** The page's path: it names the page in places, and `.mdx` makes it MDX. */
  file: string;
  /** What the page's project says; by default, the page is CommonMark, and MDX by its name. */
  settings?: ProjectSettings;
  /** What else than the dialect is syntax of the page. */
  more?: MoreSyntax;
  /** Gets the tree that the page was read from; not called where the page can't be parsed. */
  onTree?: (tree: unknown) => void;
}

/** Reads a page's text. Never throws: what is wrong with the page is in its diagnostics. */
export async function readPage(text: string, { file, settings = PLAIN, more, onTree }: ReadPageOptions): Promise<Page> {
  const { dialect } = settings;
  const { createReader } = await import("./reader.ts");
  const source = sourceOf(text);
  const complaints = new Complaints(file);
  checkNul(source, complaints);
  try {
    checkSize(source);
    const { read } = await createReader(file, dialect, more);
    const said = withinTime(pageTimeMs, () => read(source, file, settings));
    onTree?.(said.tree);
    const page = pageOf(said, file);
    return { ...page, diagnostics: [...complaints.diagnostics, ...page.diagnostics] };
  } catch (error) {
    const rest = await readHead(source, file, dialect);
    const mdx = isMdx(file, dialect);
    return {
      ...rest,
      fences: [],
      diagnostics: [...complaints.diagnostics, unreadable(error, mdx, file), ...rest.diagnostics],
    };
  }
}

/** The tree that a page's text is parsed to. Throws where it can't be. */
export async function parsePage(text: string, { file, settings = PLAIN }: ReadPageOptions): Promise<unknown> {
  const { createReader } = await import("./reader.ts");
  const { parse } = await createReader(file, settings.dialect);
  return withinTime(pageTimeMs, () => parse(sourceOf(text)));
}

/** A byte order mark is no part of the text; without it every column of line 1 is what an editor shows. */
function sourceOf(text: string): string {
  return text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
}

// What the frontmatter says holds even where the rest can't be parsed.
async function readHead(source: string, file: string, dialect: Dialect): Promise<Page> {
  try {
    return await readFrontmatterAlone(source.slice(0, maxPageBytes), file, dialect);
  } catch {
    return { file, fences: [], diagnostics: [] };
  }
}

async function readFrontmatterAlone(source: string, file: string, dialect: Dialect): Promise<Page> {
  const { frontmatterText } = await import("./frontmatter/summary.ts");
  const { createReader } = await import("./reader.ts");
  const head = frontmatterText(source);
  // The rest is cut off, so that plain Markdown reads the head as well as any dialect.
  const { read } = await createReader("head.md", dialect === "hugo" ? "hugo" : "markdown");
  const text = head === undefined ? "" : `---\n${head}\n---\n`;
  return pageOf(
    withinTime(pageTimeMs, () => read(text, file, PLAIN)),
    file,
  );
}

interface Read {
  title?: string;
  description?: string;
  runbook?: Runbook;
  fences: PageFence[];
  diagnostics: Complaints["diagnostics"];
}

function pageOf({ title, description, runbook, fences, diagnostics }: Read, file: string): Page {
  return {
    file,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(runbook && { runbook }),
    fences,
    diagnostics,
  };
}

function checkNul(source: string, complaints: Complaints): void {
  const index = source.indexOf("\0");
  if (index === -1) return;
  const start = { line: source.slice(0, index).split("\n").length, column: index - source.lastIndexOf("\n", index) };
  const span = { start, end: { line: start.line, column: start.column + 1 } };
  complaints.add("not-text", span, "The page holds a NUL (U+0000), which no shell and no file of text can hold.", {
    hint: "Take it out; `grep --line-number --perl-regexp '\\x00'` finds it.",
  });
}

function unreadable(error: unknown, mdx: boolean, file: string): Diagnostic {
  if (error instanceof TooLargeError || error instanceof TooLongError) {
    const line = error instanceof TooLargeError ? error.line : 1;
    const complaints = new Complaints(file);
    const message =
      error instanceof TooLargeError ? error.message : `Reading the page took longer than ${pageTimeMs / 1000} s.`;
    const span = { start: { line, column: 1 }, end: { line, column: 2 } };
    return complaints.add("page-too-large", span, message, { hint: "Split the page, or make it simpler." });
  }
  const { reason, message, place } = error as { reason?: string; message?: string; place?: Place | { start: Place } };
  const at = place && "start" in place ? place.start : place;
  const start = { line: at?.line ?? 1, column: at?.column ?? 1 };
  const said = (reason ?? message ?? String(error)).split("\n")[0] ?? "";
  return {
    code: mdx && reason ? "mdx-syntax" : "page-unreadable",
    severity: "error",
    file,
    span: { start, end: { line: start.line, column: start.column + 1 } },
    message: /[.!?]$/.test(said) ? said : `${said}.`,
    hint: mdx && reason ? "In MDX, write `{` and `<` of prose as `\\{` and `\\<`." : "Make the page simpler.",
  };
}
