import type { Root, TableCell } from "mdast";
import { visit } from "unist-util-visit";

/** A table's corner that says nothing is no header of anything. */
export function remarkEmptyHeaders() {
  return (tree: Root): void => {
    visit(tree, "table", ({ children: [head] }) => {
      for (const cell of head?.children ?? []) if (cell.children.length === 0) markPlain(cell);
    });
  };
}

function markPlain(cell: TableCell): void {
  cell.data = { ...cell.data, hName: "td" } as NonNullable<TableCell["data"]>;
}
