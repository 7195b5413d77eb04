import type { Html, Root, RootContent } from "mdast";
import { anchorOf, plainText } from "./headings.ts";

/** An entry of the glossary. */
export interface Term {
  /** Its anchor on the glossary's page. */
  anchor: string;
  /** The words that are linked to it. */
  words: string[];
  /** What a preview shows. */
  definition: string;
  /** The pages, below content/, that explain it themselves. */
  explainedOn: string[];
  /** The folders and pages, below content/, where it is linked; everywhere if there are none. */
  linkedOn: string[];
}

/** The entries of the glossary's page: its headings of the third level, each with what stands below it. */
export function termsOf({ children }: Root): Term[] {
  const starts = children.flatMap(({ type, ...node }, at) =>
    type === "heading" && (node as { depth: number }).depth === 3 ? [at] : [],
  );
  return starts.map((start) => {
    const end = children.findIndex(({ type }, at) => at > start && type === "heading");
    return termOf(children.slice(start, end < 0 ? undefined : end));
  });
}

/** What a comment of an entry asks for; undefined where it is no such comment. */
function wishOf({ value }: Html): { words?: string[]; linkedOn?: string[] } | undefined {
  if (/^<!-- never linked -->$/.test(value)) return { words: [] };
  const [, kind, list = ""] = /^<!-- linked (as|on): (.*) -->$/.exec(value) ?? [];
  if (!kind) return undefined;
  const items = list.split(",").map((item) => item.trim());
  return kind === "as" ? { words: items } : { linkedOn: items };
}

function termOf([heading, ...below]: RootContent[]): Term {
  const name = heading ? plainText(heading) : "";
  const wishes = Object.assign({}, ...below.flatMap((node) => (node.type === "html" ? (wishOf(node) ?? []) : [])));
  const paragraphs = below.filter(({ type }) => type === "paragraph");
  const texts = paragraphs.map((paragraph) => plainText(paragraph).replace(/\s+/g, " ").trim());
  const also = texts.find((text) => text.startsWith("Also: "))?.slice("Also: ".length, -1);
  const { words = [name], linkedOn = [] } = wishes as ReturnType<typeof wishOf> & object;
  return {
    anchor: anchorOf(name),
    words: [...words, ...(also?.split(",").map((word) => word.trim()) ?? [])],
    definition: texts[0] ?? "",
    explainedOn: paragraphs.flatMap(linksOf),
    linkedOn,
  };
}

function linksOf(node: RootContent): string[] {
  if (node.type === "link") return /^[^:#]+\.mdx?(#|$)/.test(node.url) ? [node.url.replace(/#.*/, "")] : [];
  return "children" in node ? (node.children as RootContent[]).flatMap(linksOf) : [];
}
