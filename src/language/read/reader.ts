import remarkFrontmatter from "remark-frontmatter";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { VFile } from "vfile";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { PageFence } from "../model/page.ts";
import type { Runbook } from "../model/runbook.ts";
import remarkRunbook from "./remark-runbook.ts";

/** What the plugin leaves on a file. */
export interface RunbookData {
  title?: string;
  description?: string;
  runbook?: Runbook;
  fences: PageFence[];
  diagnostics: Diagnostic[];
}

type Reader = (text: string, file: string) => RunbookData;

const readers = new Map<boolean, Promise<Reader>>();

/** The pipeline that reads pages, made once; MDX costs as much to load as all the rest, so only where it is asked for. */
export function createReader(mdx: boolean): Promise<Reader> {
  const known = readers.get(mdx) ?? makeReader(mdx);
  readers.set(mdx, known);
  return known;
}

async function makeReader(mdx: boolean): Promise<Reader> {
  const base = unified().use(remarkParse).use(remarkFrontmatter, ["yaml", "toml"]);
  if (mdx) base.use((await import("remark-mdx")).default);
  const processor = base.use(remarkRunbook, { messages: false }).freeze();
  return (text, path) => {
    const file = new VFile({ value: text, path });
    processor.runSync(processor.parse(file), file);
    return file.data as unknown as RunbookData;
  };
}
