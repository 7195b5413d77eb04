import type { Element, ElementContent } from "@astrojs/starlight/expressive-code/hast";

/** The first element of a class, from a node down. */
export function findByClass(node: Element, name: string): Element | undefined {
  const { className } = node.properties;
  if (
    String(className ?? "")
      .split(/[ ,]/)
      .includes(name)
  )
    return node;
  for (const child of node.children) {
    const found = child.type === "element" ? findByClass(child, name) : undefined;
    if (found) return found;
  }
  return undefined;
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
