import type { Element, ElementContent } from "@astrojs/starlight/expressive-code/hast";
import { h } from "@astrojs/starlight/expressive-code/hast";

// A longer one could be wider than a telephone.
const longest = 24;
/** A word inside which a browser breaks a line: behind a hyphen, a slash or a question mark. */
const breakable = /\S*[-/?][^\s-]\S*/g;

/** Keeps the words of a rendered line whole where it is wrapped: an option is no two words. */
export function keepWordsWhole(node: Element): void {
  node.children = node.children.flatMap((child): ElementContent[] => {
    if (child.type === "text") return wholeWords(child.value);
    // A value's text is changed in place.
    if (child.type === "element" && !isValue(child)) keepWordsWhole(child);
    return [child];
  });
}

function isValue({ properties }: Element): boolean {
  return properties["dataSlot"] !== undefined;
}

function wholeWords(text: string): ElementContent[] {
  const nodes: ElementContent[] = [];
  let at = 0;
  for (const { 0: word, index } of text.matchAll(breakable)) {
    if (word.length > longest) continue;
    if (index > at) nodes.push({ type: "text", value: text.slice(at, index) });
    nodes.push(h("span.whole", word));
    at = index + word.length;
  }
  if (at < text.length || nodes.length === 0) nodes.push({ type: "text", value: text.slice(at) });
  return nodes;
}
