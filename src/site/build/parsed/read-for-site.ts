import type { Root } from "mdast";
import { CONTINUE, EXIT, visit } from "unist-util-visit";
import type { Page } from "../../../language/model/page.ts";
import { readPage } from "../../../language/read/read-page.ts";
import type { MoreSyntax } from "../../../language/read/reader.ts";

/** What a page's text was parsed to, for the pipeline that makes HTML of it. */
export interface ParsedText {
  /** The text without the frontmatter and the blanks at its ends, which is what Astro has parsed. */
  body: string;
  tree: Root;
}

/** What `check` reads of a page, and what its text was parsed to where that is the same for a pipeline of Astro's. */
export async function readForSite(
  text: string,
  file: string,
  more: MoreSyntax,
): Promise<{ page: Page; parsed?: ParsedText }> {
  let tree: Root | undefined;
  const page = await readPage(text, {
    file,
    more,
    onTree: (read) => {
      tree = read as Root;
    },
  });
  // The language knows neither notes nor asides: what it says of a fence in one is not what it says of this tree.
  if (!tree || hasFenceInside(tree)) return { page: await readPage(text, { file }) };
  const parsed = withoutFrontmatter(text, tree);
  return { page, ...(parsed && { parsed }) };
}

function hasFenceInside(tree: Root): boolean {
  let found = false;
  visit(tree, ["footnoteDefinition", "containerDirective"], (node) => {
    visit(node, "code", () => {
      found = true;
      return EXIT;
    });
    return found ? EXIT : CONTINUE;
  });
  return found;
}

/** Undefined where Astro would parse another text: it keeps line ends as they are, and takes away the blanks before the first line. */
function withoutFrontmatter(text: string, tree: Root): ParsedText | undefined {
  const [first] = tree.children;
  const rest = text.slice(first?.type === "yaml" ? (first.position?.end.offset ?? 0) : 0);
  if (/[\r\uFEFF]/.test(text) || !/^\n*(?:\S|$)/.test(rest)) return undefined;
  if (first?.type === "yaml") tree.children.shift();
  return { body: rest.trim(), tree };
}
