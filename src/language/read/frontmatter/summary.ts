import type { Dialect } from "../../model/dialect.ts";
import { loadToml, loadYaml } from "../../parsers.ts";
import { textOf, titleOf } from "./yaml-node.ts";

/** A page's entry in a list of pages. */
export interface PageSummary {
  title?: string;
  /** The runbook's id, where the page is one. */
  id?: string;
  description?: string;
  requires: string[];
}

// As Markdown's frontmatter extension reads it: at the very start, the fences alone on their lines.
const FRONTMATTER = /^\uFEFF?---[ \t]*(?:\r\n|\r|\n)([\s\S]*?)(?:^|\r\n|\r|\n)---[ \t]*(?:\r\n|\r|\n|$)/;

const TOML = /^\uFEFF?\+\+\+[ \t]*(?:\r\n|\r|\n)([\s\S]*?)(?:^|\r\n|\r|\n)\+\+\+[ \t]*(?:\r\n|\r|\n|$)/;

/** The text between a page's `---` lines; undefined where it has none. */
export function frontmatterText(text: string): string | undefined {
  return FRONTMATTER.exec(text)?.[1];
}

/** What the frontmatter holds, as YAML has it. */
function rootOf(text: string, dialect: Dialect): unknown {
  const { Document, parseDocument } = loadYaml();
  const toml = dialect === "hugo" ? TOML.exec(text)?.[1] : undefined;
  if (toml !== undefined) {
    try {
      return new Document(loadToml().parse(toml)).contents;
    } catch {
      return null;
    }
  }
  const source = frontmatterText(text);
  if (source === undefined || source.trim() === "") return null;
  return parseDocument(source.replace(/\r\n?/g, "\n"), { prettyErrors: false }).contents;
}

/** A page's title, runbook id and what it requires, without parsing its Markdown. Complains of nothing. */
export function readFrontmatter(text: string, dialect: Dialect = "markdown"): PageSummary {
  const root = rootOf(text, dialect);
  const { isMap, isSeq } = loadYaml();
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
