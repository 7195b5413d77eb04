import type { Span } from "../model/place.ts";
import { walk } from "../read/walk.ts";

/** A heading of a page, and the line on which it begins. */
export interface Heading {
  text: string;
  line: number;
}

/** A node of Markdown's tree, as far as it is read here. */
export interface Node {
  type: string;
  value?: string;
  alt?: string | null;
  /** Of a component, its name. */
  name?: string | null;
  position?: Span;
  children?: readonly Node[];
}

/** A heading in HTML, such as the centred one of many README files. */
const HTML_HEADING = /<h([1-6])\b[^>]*>([\s\S]*?)<\/h\1\s*>/gi;

/** Nodes that put no words on the page: tags, and the expressions of MDX, such as `{/* #anchor *\/}`. */
const WORDLESS: ReadonlySet<string> = new Set(["html", "mdxTextExpression"]);

/** A page's headings, in order. */
export function headingsOf(tree: unknown): Heading[] {
  const headings: Heading[] = [];
  walk<Node>(tree as Node, (node) => {
    const { line } = node.position?.start ?? {};
    if (line === undefined) return;
    if (node.type === "heading") headings.push({ text: textOf(node), line });
    // Of one block of HTML the lines within are not told apart: no fence stands in it.
    if (node.type === "html") headings.push(...htmlHeadings(node.value ?? "").map((text) => ({ text, line })));
    if (/^mdxJsx(?:Flow|Text)Element$/.test(node.type) && /^h[1-6]$/.test(node.name ?? ""))
      headings.push({ text: textOf(node), line });
  });
  return headings;
}

function htmlHeadings(html: string): string[] {
  const shown = html.replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  return [...shown.matchAll(HTML_HEADING)].map(([, , inner = ""]) => inner.replace(/<[^>]*>/g, " "));
}

/** The words that a node shows; an image shows its text to those who can't see it. */
function textOf({ type, value, alt, children = [] }: Node): string {
  if (WORDLESS.has(type)) return "";
  return value ?? alt ?? children.map(textOf).join("");
}

/** Gives steps their ids: the words of the heading above, else the page's title or name, and a number where an id is taken. */
export class Ids {
  readonly #headings: readonly Heading[];
  readonly #otherwise: string;
  readonly #taken = new Set<string>();

  /** Of the names of the page, the first one that has letters or digits counts. */
  constructor(headings: readonly Heading[], names: readonly (string | undefined)[]) {
    this.#headings = headings;
    this.#otherwise = names.map((name) => idFrom(name ?? "", "")).find((id) => id !== "") ?? "step";
  }

  /** The id of a step on a line. */
  at(line: number): string {
    const heading = this.#headings.findLast((above) => above.line < line);
    const base = idFrom(heading?.text ?? "", this.#otherwise);
    for (let number = 1; ; number += 1) {
      const id = number === 1 ? base : `${base}-${number}`;
      if (this.#taken.has(id)) continue;
      this.#taken.add(id);
      return id;
    }
  }
}

/** An id made of the letters and digits of a text; accents are left out, and what has none of them gets the other name. */
export function idFrom(text: string, otherwise: string): string {
  const id = text
    // What other tools read as the heading's own anchor or class.
    .replace(/\{[#.:][^}]*\}\s*$/, "")
    .replace(/\{\{[<%][\s\S]*?[%>]\}\}/g, "")
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 50)
    .replace(/^-+|-+$/g, "");
  return id === "" ? otherwise : id;
}
