import type { StyleVariant } from "@astrojs/starlight/expressive-code";
import type { Element, ElementContent } from "@astrojs/starlight/expressive-code/hast";
import { textOf } from "./rendered-code.ts";

/** The inline style of a word that has the colour of the code itself, in each theme. */
export function plainStyle(themes: readonly Pick<StyleVariant, "resolvedStyleSettings">[]): string {
  return themes
    .map(({ resolvedStyleSettings }, theme) => `--${theme}:${resolvedStyleSettings.get("codeForeground")}`)
    .join(";")
    .toLowerCase();
}

/**
 * Leaves words without an element of their own where their colour is that of the code, and blanks where they have nothing but a
 * colour: half of all elements of a runbook's page are coloured words, and a browser works out the style of each.
 */
export function dropPlainInk(node: Element, plain: string): void {
  node.children = joined(
    node.children.flatMap((child): ElementContent[] => {
      if (child.type !== "element") return [child];
      dropPlainInk(child, plain);
      return isPlain(child, plain) ? child.children : [child];
    }),
  );
}

function isPlain(node: Element, plain: string): boolean {
  const { style, ...others } = node.properties;
  if (node.tagName !== "span" || typeof style !== "string" || Object.keys(others).length > 0) return false;
  return style.toLowerCase() === plain || (/^--0:[^;]*;--1:[^;]*$/.test(style) && textOf(node).trim() === "");
}

/** Nodes in which a text follows no other text. */
function joined(nodes: readonly ElementContent[]): ElementContent[] {
  const all: ElementContent[] = [];
  for (const node of nodes) {
    const last = all.at(-1);
    if (node.type === "text" && last?.type === "text") last.value += node.value;
    else all.push(node.type === "text" ? { ...node } : node);
  }
  return all;
}
