import type { Element, ElementContent } from "@astrojs/starlight/expressive-code/hast";
import { codeOf, markOf, textOf } from "./rendered-code.ts";

/** Puts a mark where a value will stand that is empty so far, at a column of a rendered line of code. */
export function insertMark(line: Element, column: number, slot: string): void {
  const { children } = codeOf(line);
  const mark = markOf(["value"], [], { dataSlot: slot });
  let at = 0;
  let index = 0;
  // Before the line feed that gives an empty line its height, behind what ends here, and behind marks that are empty too: their order is that of the slots.
  for (; index < children.length; index++) {
    const child = children[index];
    const { length } = child ? textOf(child) : "";
    if (at + length > column) break;
    at += length;
  }
  const child = children[index];
  if (child && column > at) {
    const [before, after] = cut(child, column - at);
    children.splice(index, 1, before, mark, after);
    return;
  }
  // Spaces at a line's end are trimmed away, and are needed again once there is a value.
  const trimmed: ElementContent[] = column > at ? [{ type: "text", value: " ".repeat(column - at) }] : [];
  children.splice(index, 0, ...trimmed, mark);
}

/** A node in two, so that the first has so many characters. */
function cut(node: ElementContent, column: number): [ElementContent, ElementContent] {
  if (node.type === "text") {
    const [before, after] = [node.value.slice(0, column), node.value.slice(column)];
    return [
      { ...node, value: before },
      { ...node, value: after },
    ];
  }
  if (node.type !== "element") return [node, { type: "text", value: "" }];
  const [before, after]: ElementContent[][] = [[], []];
  let at = 0;
  for (const child of node.children) {
    const { length } = textOf(child);
    const parts = at < column && at + length > column ? cut(child, column - at) : [child];
    const [first, second] = parts;
    if (second) {
      before?.push(first as ElementContent);
      after?.push(second);
    } else (at + length <= column ? before : after)?.push(child);
    at += length;
  }
  return [
    { ...node, children: before ?? [] },
    { ...node, children: after ?? [] },
  ];
}
