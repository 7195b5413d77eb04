import { loadYaml } from "../../parsers.ts";
import { textOf, titleOf } from "./yaml-node.ts";

/** What a list of pages needs to know of one. */
export interface PageSummary {
  title?: string;
  /** The runbook's id, where the page is one. */
  id?: string;
  description?: string;
  requires: string[];
}

// As Markdown's frontmatter extension reads it: at the very start, the fences alone on their lines.
const FRONTMATTER = /^\uFEFF?---[ \t]*(?:\r\n|\r|\n)([\s\S]*?)(?:^|\r\n|\r|\n)---[ \t]*(?:\r\n|\r|\n|$)/;

/** The text between a page's `---` lines; undefined where it has none. */
export function frontmatterText(text: string): string | undefined {
  return FRONTMATTER.exec(text)?.[1];
}

/** A page's title, runbook id and what it requires, without parsing its Markdown. Complains of nothing. */
export function readFrontmatter(text: string): PageSummary {
  const source = frontmatterText(text);
  if (source === undefined || source.trim() === "") return { requires: [] };
  const { isMap, isSeq, parseDocument } = loadYaml();
  const root = parseDocument(source.replace(/\r\n?/g, "\n"), { prettyErrors: false }).contents;
  if (!isMap(root)) return { requires: [] };
  const runbook = root.get("runbook", true) as unknown;
  const [title, description] = ["title", "description"].map((key) => titleOf(root.get(key, true)));
  const id = isMap(runbook) ? textOf(runbook.get("id", true)) : undefined;
  const requires = isMap(runbook) ? runbook.get("requires", true) : undefined;
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(id !== undefined && { id }),
    requires: isSeq(requires) ? requires.items.map(textOf).filter((text) => text !== undefined) : [],
  };
}
