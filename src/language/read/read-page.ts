import { maxPageBytes, pageTimeMs, TooLongError, withinTime } from "../limits.ts";
import { Complaints } from "../model/complaints.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Page, PageFence } from "../model/page.ts";
import type { Place } from "../model/place.ts";
import type { Runbook } from "../model/runbook.ts";
import { checkSize, TooLargeError } from "./page-size.ts";

/** What a page is read with. */
export interface ReadPageOptions {
  /** The page's path: it names the page in places, and `.mdx` makes it MDX. */
  file: string;
}

/** Reads a page's text. Never throws: what is wrong with the page is in its diagnostics. */
export async function readPage(text: string, { file }: ReadPageOptions): Promise<Page> {
  const { createReader } = await import("./reader.ts");
  // A byte order mark is no part of the text; without it every column of line 1 is what an editor shows.
  const source = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const mdx = /\.mdx$/i.test(file);
  const complaints = new Complaints(file);
  checkNul(source, complaints);
  try {
    checkSize(source);
    const read = await createReader(mdx);
    const page = pageOf(
      withinTime(pageTimeMs, () => read(source, file)),
      file,
    );
    return { ...page, diagnostics: [...complaints.diagnostics, ...page.diagnostics] };
  } catch (error) {
    const rest = await readHead(source, file);
    return {
      ...rest,
      fences: [],
      diagnostics: [...complaints.diagnostics, unreadable(error, mdx, file), ...rest.diagnostics],
    };
  }
}

// What the frontmatter says holds even where the rest can't be parsed.
async function readHead(source: string, file: string): Promise<Page> {
  try {
    return await readFrontmatterAlone(source.slice(0, maxPageBytes), file);
  } catch {
    return { file, fences: [], diagnostics: [] };
  }
}

async function readFrontmatterAlone(source: string, file: string): Promise<Page> {
  const { frontmatterText } = await import("./frontmatter/summary.ts");
  const { createReader } = await import("./reader.ts");
  const head = frontmatterText(source);
  const read = await createReader(false);
  const text = head === undefined ? "" : `---\n${head}\n---\n`;
  return pageOf(
    withinTime(pageTimeMs, () => read(text, file)),
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
