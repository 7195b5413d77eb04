import remarkFrontmatter from "remark-frontmatter";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { VFile } from "vfile";
import type { Diagnostic } from "../model/diagnostic.ts";
import { type Dialect, isMdx } from "../model/dialect.ts";
import type { PageFence } from "../model/page.ts";
import type { ProjectSettings } from "../model/project.ts";
import type { Runbook } from "../model/runbook.ts";
import remarkRunbook from "./remark-runbook.ts";

/** The data that the plugin puts on a file. */
export interface RunbookData {
  title?: string;
  description?: string;
  runbook?: Runbook;
  fences: PageFence[];
  diagnostics: Diagnostic[];
}

type Reader = (text: string, file: string, settings: ProjectSettings) => RunbookData;

/** The parser and plugins for one kind of page. */
interface Pipeline {
  read: Reader;
  /** The tree alone, for what changes a page's text. */
  parse: (text: string) => unknown;
}

const pipelines = new Map<string, Promise<Pipeline>>();

/** The pipeline that reads a page, made once; MDX costs as much to load as all the rest, so only where it is asked for. */
export function createReader(file: string, dialect: Dialect): Promise<Pipeline> {
  const kind = `${dialect} ${isMdx(file, dialect)}`;
  const known = pipelines.get(kind) ?? makePipeline(file, dialect);
  pipelines.set(kind, known);
  return known;
}

async function makePipeline(file: string, dialect: Dialect): Promise<Pipeline> {
  const base = unified().use(remarkParse).use(remarkFrontmatter, ["yaml", "toml"]);
  if (dialect !== "markdown" || isMdx(file, dialect)) {
    const { addDialect } = await import("./dialect/extensions.ts");
    await addDialect(base as never, file, dialect);
  }
  const processor = base.use(remarkRunbook, { messages: false, dialect }).freeze();
  return {
    read: (text, path, settings) => {
      const page = new VFile({ value: text, path, data: { settings } });
      processor.runSync(processor.parse(page), page);
      return page.data as unknown as RunbookData;
    },
    parse: (text) => processor.parse(text),
  };
}
