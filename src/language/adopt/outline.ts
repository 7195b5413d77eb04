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
  position?: Span;
  children?: readonly Node[];
}

/** A page's headings, in order. */
export function headingsOf(tree: unknown): Heading[] {
  const headings: Heading[] = [];
  walk<Node>(tree as Node, (node) => {
    if (node.type === "heading" && node.position) headings.push({ text: textOf(node), line: node.position.start.line });
  });
  return headings;
}

function textOf({ value, children = [] }: Node): string {
  return value ?? children.map(textOf).join("");
}

/** Gives steps their ids: the words of the heading above, and a number where an id is taken. */
export class Ids {
  readonly #headings: readonly Heading[];
  readonly #taken = new Set<string>();

  constructor(headings: readonly Heading[]) {
    this.#headings = headings;
  }

  /** The id of a step on a line. */
  at(line: number): string {
    const heading = this.#headings.findLast((above) => above.line < line);
    const base = idFrom(heading?.text ?? "", "step");
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
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 50)
    .replace(/^-+|-+$/g, "");
  return id === "" ? otherwise : id;
}
