import type { Root } from "mdast";
import { visit } from "unist-util-visit";

// A longer one could be wider than a telephone.
const longest = 24;

/** Keeps short code in the prose on one line: browsers break it behind each hyphen and slash. */
export function remarkWholeCode() {
  return (tree: Root): void => {
    visit(tree, "inlineCode", (node) => {
      if (node.value.length > longest || !/[-/ ]/.test(node.value)) return;
      node.data = { ...node.data, hProperties: { className: ["whole"] } };
    });
  };
}
