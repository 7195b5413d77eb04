import type { Nodes, Paragraph, Parents, Root } from "mdast";
import remarkFrontmatter from "remark-frontmatter";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { SKIP, visit } from "unist-util-visit";
import { type Figure, type FigureKind, figuresIn } from "./figures.ts";

/** The figures of a paragraph, list item or table row without a source. */
export interface Claim {
  line: number;
  kind: FigureKind;
  figures: string[];
  excerpt: string;
}

const parser = unified().use(remarkParse).use(remarkFrontmatter, ["yaml"]);
const isExternal = (url: string) => /^(?:[a-z]+:)?\/\//i.test(url);

/** Words by which a page says that the figure is its authors' own observation. */
const observed = /\b(?:measured|counted|tried|we saw|proved on|read from|stand in)\b/i;

/** The text of a node, without code. */
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

/** The rows of a table, which is a paragraph here with a row on each line: this parser reads without the extension for tables. */
function rowsOf(source: string, first: number): { text: string; line: number }[] | undefined {
  const lines = source.split("\n");
  if (!lines.every((line) => line.trimStart().startsWith("|"))) return undefined;
  return lines.slice(2).map((text, index) => ({ text, line: first + 2 + index }));
}

/** Says whether a figure needs no source. */
type Exemption = (figure: Figure) => boolean;

/** The commands beside a paragraph set what it names: "waits 2 seconds" above `docker stop --time 2`. */
function setByCommands(fences: string[]): Exemption {
  return ({ kind, figure }) => {
    if (kind !== "quantity") return false;
    const number = /^[\d.,]*\d/.exec(figure)?.[0].replaceAll(".", "\\.") ?? "";
    const wholeNumber = new RegExp(`(?<![\\d.])${number}(?!\\d|\\.\\d)`);
    return fences.some((fence) => wholeNumber.test(fence));
  };
}

/** The size of a disk or a memory that a command anywhere on the page sets: "512 MB of memory" where a machine is started by `-m 512M`. */
function sizeSetByPage(fences: string[]): Exemption {
  return ({ kind, figure }) => {
    const [, number, unit] = /^(\d+) ?([KMGT])i?B$/.exec(figure) ?? [];
    if (kind !== "quantity" || number === undefined) return false;
    const size = new RegExp(`(?<![\\w.])${number}${unit}\\b`, "i");
    return fences.some((fence) => size.test(fence));
  };
}

/** A quantity in this project's own reference is a limit of its own program, which the program's tests hold. */
const ownLimit: Exemption = ({ kind }) => kind === "quantity";

function claimOf(block: Nodes, scope: Nodes, line: number, exempt: Exemption[]): Claim | undefined {
  const prose = proseOf(block);
  const figures = figuresIn(prose).filter((figure) => !exempt.some((isExempt) => isExempt(figure)));
  const [first] = figures;
  if (first === undefined || hasSource(scope)) return undefined;
  const excerpt = prose.replaceAll(/\s+/g, " ").trim();
  return { line, kind: first.kind, figures: figures.map(({ figure }) => figure), excerpt: excerpt.slice(0, 160) };
}

/**
 * The claims of a page that have no source beside them, in page order. A section of sources claims nothing.
 * `ownReference` says that the page describes this project's own program.
 */
export function claimsInPage(text: string, { ownReference = false } = {}): Claim[] {
  const root: Root = parser.parse(text);
  const commands: string[] = [];
  visit(root, "code", ({ value }) => {
    commands.push(value);
  });
  const everywhere = [sizeSetByPage(commands), ...(ownReference ? [ownLimit] : [])];
  const claims: (Claim | undefined)[] = [];
  let inSources = false;
  const inspect = (paragraph: Paragraph, parent: Parents | undefined, index = 0) => {
    const { start, end } = paragraph.position ?? {};
    const line = start?.line ?? 1;
    const rows = rowsOf(text.slice(start?.offset, end?.offset), line);
    const before = parent?.children[index - 1];
    if (rows === undefined) {
      const fences = [before, parent?.children[index + 1]].filter((node) => node?.type === "code");
      const exempt = [...everywhere, setByCommands(fences.map(({ value }) => value))];
      claims.push(claimOf(paragraph, parent?.type === "listItem" ? parent : paragraph, line, exempt));
      return;
    }
    // The paragraph above a table of measurements is the source of all its rows.
    if (before !== undefined && observed.test(proseOf(before))) return;
    for (const row of rows) {
      const parsed: Root = parser.parse(row.text);
      claims.push(claimOf(parsed, parsed, row.line, everywhere));
    }
  };
  visit(root, (node, index, parent) => {
    if (node.type === "heading") inSources = proseOf(node) === "Sources" || (inSources && node.depth > 2);
    else if (node.type === "paragraph" && !inSources) inspect(node, parent, index);
  });
  return claims.filter((claim) => claim !== undefined);
}
