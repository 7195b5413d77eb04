import type { Nodes, Paragraph, Parents, Root } from "mdast";
import remarkFrontmatter from "remark-frontmatter";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { SKIP, visit } from "unist-util-visit";
import { type FigureKind, figuresIn } from "./figures.ts";

/** Figures of one paragraph, list item or table row that has no source. */
export interface Claim {
  line: number;
  kind: FigureKind;
  figures: string[];
  excerpt: string;
}

const parser = unified().use(remarkParse).use(remarkFrontmatter, ["yaml"]);
const isExternal = (url: string) => /^(?:[a-z]+:)?\/\//i.test(url);

/** Words by which a page says that the figure is its authors' own observation. */
const observed = /\b(?:measured|tried|we saw|read from|stand in)\b/i;

/** The words of prose, without code. */
function proseOf(node: Nodes): string {
  if (node.type === "text") return node.value;
  if (node.type === "inlineCode" || node.type === "html") return " ";
  if (node.type === "break") return "\n";
  return "children" in node ? node.children.map(proseOf).join("") : "";
}

function hasSource(node: Nodes): boolean {
  let found = false;
  visit(node, (inner) => {
    if (inner.type === "link" && isExternal(inner.url)) found = true;
    // A list below an item has items of its own: their sources are not the item's.
    return inner.type === "list" && inner !== node ? SKIP : undefined;
  });
  return found || observed.test(proseOf(node));
}

/** A table without remark's extension for it is one paragraph, a row a line. */
function rowsOf(source: string, first: number): { text: string; line: number }[] | undefined {
  const lines = source.split("\n");
  if (!lines.every((line) => line.trimStart().startsWith("|"))) return undefined;
  return lines.slice(2).map((text, index) => ({ text, line: first + 2 + index }));
}

function claimOf(block: Nodes, scope: Nodes, line: number): Claim | undefined {
  const prose = proseOf(block);
  const figures = figuresIn(prose);
  const [first] = figures;
  if (first === undefined || hasSource(scope)) return undefined;
  const excerpt = prose.replaceAll(/\s+/g, " ").trim();
  return { line, kind: first.kind, figures: figures.map(({ figure }) => figure), excerpt: excerpt.slice(0, 160) };
}

/** The claims of a page that have no source beside them, in page order; its section of sources is none. */
export function claimsInPage(text: string): Claim[] {
  const claims: (Claim | undefined)[] = [];
  let inSources = false;
  const look = (paragraph: Paragraph, parent: Parents | undefined, before: Nodes | undefined) => {
    const { start, end } = paragraph.position ?? {};
    const line = start?.line ?? 1;
    const rows = rowsOf(text.slice(start?.offset, end?.offset), line);
    if (rows === undefined) {
      claims.push(claimOf(paragraph, parent?.type === "listItem" ? parent : paragraph, line));
      return;
    }
    // What introduces a table of measurements holds for all its rows.
    if (before !== undefined && observed.test(proseOf(before))) return;
    for (const row of rows) {
      const parsed: Root = parser.parse(row.text);
      claims.push(claimOf(parsed, parsed, row.line));
    }
  };
  visit(parser.parse(text), (node, index, parent) => {
    if (node.type === "heading") inSources = proseOf(node) === "Sources" || (inSources && node.depth > 2);
    else if (node.type === "paragraph" && !inSources) look(node, parent, parent?.children[(index ?? 0) - 1]);
  });
  return claims.filter((claim) => claim !== undefined);
}
