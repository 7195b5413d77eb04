import { existsSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { PhrasingContent, Root, RootContent } from "mdast";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { SKIP, visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { homeOf } from "../../base-path.ts";
import { element, text } from "../element.ts";
import { type Term, termsOf } from "./glossary.ts";
import type { PageLinksOptions } from "./page-links.ts";
import { formOf, formsOf, patternOf } from "./term-pattern.ts";

const page = "glossary.md";

/** The words of all entries. Those that are not linked here are found too, so that no word within one is linked. */
interface Words {
  pattern: RegExp;
  terms: ReadonlyMap<string, Term>;
}

/** What holds no prose: its words are not linked. Of the elements of other plugins nothing is known. */
const noProse = new Set<string>(["heading", "link", "linkReference", "table", "runbookElement"]);

/**
 * Links the first use of each of the glossary's words on a page to its entry, and puts what the entries say at
 * the page's end, hidden: the links' descriptions, and what previews show.
 */
export function remarkGlossaryLinks({ content, base }: PageLinksOptions) {
  const read = readerOf(join(content, page));
  const address = `${homeOf(base)}glossary/`;
  return (tree: Root, file: VFile): void => {
    const path = relative(content, file.path);
    if (path === page) {
      // Its comments are for this plugin.
      tree.children = tree.children.filter(({ type }) => type !== "html");
      return;
    }
    const used = linkFirstUses(tree, read(), path, address);
    if (used.length === 0) return;
    const texts = used.map(({ anchor, definition }) => element("p", { id: idOf(anchor) }, [text(definition)]));
    tree.children.push(element("div", { className: ["terms"], hidden: true, dataPagefindIgnore: "" }, texts));
  };
}

const readers = new Map<string, () => Words>();

/** The file's words, read once for every pipeline. */
function readerOf(file: string): () => Words {
  const reader = readers.get(file) ?? makeReader(file);
  readers.set(file, reader);
  return reader;
}

function makeReader(file: string): () => Words {
  let at = -1;
  let words: Words;
  return () => {
    const changed = existsSync(file) ? statSync(file).mtimeMs : 0;
    if (changed !== at) words = wordsOf(changed ? readFileSync(file, "utf8") : "");
    at = changed;
    return words;
  };
}

function wordsOf(glossary: string): Words {
  const entries = termsOf(unified().use(remarkParse).parse(glossary));
  const terms = new Map(entries.flatMap((term) => term.words.flatMap(formsOf).map((form) => [form, term] as const)));
  return { pattern: patternOf([...terms.keys()]), terms };
}

function isLinkedOn({ linkedOn, explainedOn }: Term, path: string): boolean {
  if (explainedOn.includes(path)) return false;
  return linkedOn.length === 0 || linkedOn.some((place) => path === place || path.startsWith(`${place}/`));
}

function linkFirstUses(tree: Root, { pattern, terms }: Words, path: string, address: string): Term[] {
  const used = new Set<Term>();
  if (terms.size === 0) return [];
  visit(tree, (node, index, parent) => {
    if (noProse.has(node.type) || isLabel(node)) return SKIP;
    if (node.type !== "text" || index === undefined || !parent) return undefined;
    const pieces = split(node.value, pattern, (match) => {
      const term = terms.get(formOf(match));
      if (!term || used.has(term) || !isLinkedOn(term, path)) return undefined;
      used.add(term);
      return linkTo(address, term.anchor, match);
    });
    parent.children.splice(index, 1, ...pieces);
    return index + pieces.length;
  });
  return [...used];
}

/** The title of an aside, or a link written as HTML. */
function isLabel(node: Root | RootContent): boolean {
  if (node.type !== "paragraph") return false;
  const label = (node.data as { directiveLabel?: boolean } | undefined)?.directiveLabel;
  return label === true || node.children.some((child) => child.type === "html" && /^<a\b/i.test(child.value));
}

function split(value: string, pattern: RegExp, link: (match: string) => PhrasingContent | undefined) {
  const pieces: PhrasingContent[] = [];
  let from = 0;
  for (const { 0: match, index } of value.matchAll(pattern)) {
    const linked = link(match);
    if (!linked) continue;
    pieces.push({ type: "text", value: value.slice(from, index) }, linked);
    from = index + match.length;
  }
  pieces.push({ type: "text", value: value.slice(from) });
  return pieces.filter((piece) => piece.type !== "text" || piece.value !== "");
}

function linkTo(address: string, anchor: string, words: string): PhrasingContent {
  return {
    type: "link",
    url: `${address}#${anchor}`,
    children: [{ type: "text", value: words }],
    data: { hProperties: { className: ["term"], ariaDescribedBy: idOf(anchor) } },
  };
}

function idOf(anchor: string): string {
  return `term-${anchor}`;
}
