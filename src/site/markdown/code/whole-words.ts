import type { Element, ElementContent } from "@astrojs/starlight/expressive-code/hast";
import { markOf, textOf } from "./rendered-code.ts";

// A longer one could be wider than a telephone.
const longest = 24;
/** A word inside which a browser breaks a line: behind a hyphen, a slash or a question mark. */
const breakable = /\S*[-/?][^\s-]\S*/g;

/** Keeps the words of a rendered line whole where it is wrapped: an option is no two words. */
export function keepWordsWhole(node: Element): void {
  node.children = withOptionsJoined(node.children).flatMap((child): ElementContent[] => {
    if (child.type === "text") return wholeWords(child.value);
    // A value's text is changed in place.
    if (child.type === "element" && !isValue(child) && !isWhole(child)) keepWordsWhole(child);
    return [child];
  });
}

/** The colours of some languages, PowerShell's among them, cut an option behind its hyphen: its two parts become one. */
function withOptionsJoined(children: readonly ElementContent[]): ElementContent[] {
  const joined: ElementContent[] = [];
  for (const child of children) {
    const hyphen = joined.at(-1);
    const [, name, rest = ""] = isWord(child) ? (/^(\w+)(.*)$/s.exec(textOf(child)) ?? []) : [];
    if (!hyphen || !isWord(hyphen) || textOf(hyphen) !== "-" || !isWord(child) || !name || name.length >= longest) {
      joined.push(child);
      continue;
    }
    joined.splice(-1, 1, markOf(["whole"], [hyphen, { ...child, children: [{ type: "text", value: name }] }]));
    if (rest !== "") joined.push({ ...child, children: [{ type: "text", value: rest }] });
  }
  return joined;
}

/** Whether a node is a coloured word of a line. */
function isWord(node: ElementContent): node is Element {
  return node.type === "element" && !isValue(node) && node.children.every(({ type }) => type === "text");
}

function isWhole({ properties }: Element): boolean {
  return String(properties["className"]) === "whole";
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
    nodes.push(markOf(["whole"], [{ type: "text", value: word }]));
    at = index + word.length;
  }
  if (at < text.length || nodes.length === 0) nodes.push({ type: "text", value: text.slice(at) });
  return nodes;
}
