import remarkFrontmatter from "remark-frontmatter";
import remarkParse from "remark-parse";
import { type Plugin, unified } from "unified";
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

/** What a page says, and the tree that it was read from. */
interface ReadTree extends RunbookData {
  tree: unknown;
}

type Reader = (text: string, file: string, settings: ProjectSettings) => ReadTree;

/** Syntax beyond a dialect's own, by the name of whose it is. */
export interface MoreSyntax {
  name: string;
  /** Plugins of unified, whose types a project that has the package need not have. */
  plugins: readonly unknown[];
}

/** The parser and plugins for one kind of page. */
interface Pipeline {
  read: Reader;
  /** The tree alone, for what changes a page's text. */
  parse: (text: string) => unknown;
}

const pipelines = new Map<string, Promise<Pipeline>>();

/** The pipeline that reads a page, made once; MDX costs as much to load as all the rest, so only where it is asked for. */
export function createReader(file: string, dialect: Dialect, more?: MoreSyntax): Promise<Pipeline> {
  const kind = `${dialect} ${isMdx(file, dialect)} ${more?.name}`;
  const known = pipelines.get(kind) ?? makePipeline(file, dialect, more);
  pipelines.set(kind, known);
  return known;
}

async function makePipeline(file: string, dialect: Dialect, more?: MoreSyntax): Promise<Pipeline> {
  const base = unified().use(remarkParse).use(remarkFrontmatter, ["yaml", "toml"]);
  if (dialect !== "markdown" || isMdx(file, dialect)) {
    const { addDialect } = await import("./dialect/extensions.ts");
    await addDialect(base as never, file, dialect);
  }
  for (const plugin of more?.plugins ?? []) base.use(plugin as Plugin);
  const processor = base.use(remarkRunbook, { messages: false, dialect }).freeze();
  return {
    read: (text, path, settings) => {
      const page = new VFile({ value: text, path, data: { settings } });
      const tree = processor.parse(page);
      processor.runSync(tree, page);
      return { ...(page.data as unknown as RunbookData), tree };
    },
    parse: (text) => processor.parse(text),
  };
}
