import type { Root, RootContent, Table, TableCell } from "mdast";
import { SKIP, visit } from "unist-util-visit";
import { element } from "./element.ts";
import { plainText } from "./links/headings.ts";

/**
 * Tables for every reader: one that is wider than the screen scrolls in a frame of its own, which the keyboard reaches
 * and which is named after its heading; a corner that says nothing is no header of anything.
 */
export function remarkTables() {
  return (tree: Root): void => {
    let heading = "";
    visit(tree, (node, index, parent) => {
      if (node.type === "heading") heading = plainText(node);
      if (node.type !== "table" || !parent || index === undefined) return;
      markEmptyHeaders(node);
      parent.children[index] = frameOf(node, heading);
      return SKIP;
    });
  };
}

function frameOf(table: Table, heading: string): RootContent {
  const ariaLabel = heading ? `Table: ${heading}` : "Table";
  return element("div", { className: ["table-frame"], role: "group", ariaLabel, tabIndex: 0 }, [table]);
}

function markEmptyHeaders({ children: [head] }: Table): void {
  for (const cell of head?.children ?? []) {
    if (cell.children.length > 0) continue;
    cell.data = { ...cell.data, hName: "td" } as NonNullable<TableCell["data"]>;
  }
}
