import type { Complaints } from "../model/complaints.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Page, PageFence } from "../model/page.ts";
import type { Place } from "../model/place.ts";
import type { Runbook } from "../model/runbook.ts";

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
  try {
    return pageOf(await createReader(mdx).then((read) => read(source, file)), file);
  } catch (error) {
    const diagnostic = unreadable(error, mdx, file);
    const rest = await readHead(source, file);
    return { ...rest, fences: [], diagnostics: [diagnostic, ...rest.diagnostics] };
  }
}

// What the frontmatter says holds even where the rest can't be parsed.
async function readHead(source: string, file: string): Promise<Page> {
  const { frontmatterText } = await import("./frontmatter/summary.ts");
  const { createReader } = await import("./reader.ts");
  const head = frontmatterText(source);
  const read = await createReader(false);
  return pageOf(read(head === undefined ? "" : `---\n${head}\n---\n`, file), file);
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

function unreadable(error: unknown, mdx: boolean, file: string): Diagnostic {
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
