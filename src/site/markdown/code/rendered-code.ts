import type { Element, ElementContent } from "@astrojs/starlight/expressive-code/hast";

/** The first element of a class, from a node down. */
export function findByClass(node: Element, name: string): Element | undefined {
  if (hasClass(node, name)) return node;
  for (const child of node.children) {
    const found = child.type === "element" ? findByClass(child, name) : undefined;
    if (found) return found;
  }
  return undefined;
}

function hasClass({ properties }: Element, name: string): boolean {
  return String(properties["className"] ?? "")
    .split(/[ ,]/)
    .includes(name);
}

/** What holds the code of a rendered line. */
export function codeOf(line: Element): Element {
  return findByClass(line, "code") ?? line;
}

/** The text of a node. */
export function textOf(node: ElementContent): string {
  if (node.type === "text") return node.value;
  return node.type === "element" ? node.children.map(textOf).join("") : "";
}

/** The element whose children are the lines of a rendered block. */
export function parentOfLines(node: Element): Element | undefined {
  for (const child of node.children) {
    if (child.type !== "element") continue;
    if (hasClass(child, "ec-line")) return node;
    const found = parentOfLines(child);
    if (found) return found;
  }
  return undefined;
}

/** A mark around a part of a line. It is written out, because hastscript takes a selector apart each time. */
export function markOf(
  className: string[],
  children: ElementContent[],
  properties: Element["properties"] = {},
): Element {
  return { type: "element", tagName: "span", properties: { className, ...properties }, children };
}
