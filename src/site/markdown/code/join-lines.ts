import type { Element, ElementContent } from "@astrojs/starlight/expressive-code/hast";
import { codeOf, parentOfLines, textOf } from "./rendered-code.ts";

/** Makes one line of those that a value of several lines stands in, with one mark for it: another may have fewer. */
export function joinLines(block: Element): void {
  const parent = parentOfLines(block);
  if (!parent) return;
  for (let at = parent.children.length - 1; at > 0; at--) {
    const [above, line] = [parent.children[at - 1], parent.children[at]];
    if (above?.type !== "element" || line?.type !== "element") continue;
    const [before, after] = [codeOf(above), codeOf(line)];
    const slot = slotOf(before.children.at(-1));
    if (slot === undefined || slotOf(after.children[0]) !== slot) continue;
    before.children = joined(before.children, after.children, slot);
    parent.children.splice(at, 1);
  }
}

function joined(before: readonly ElementContent[], after: readonly ElementContent[], slot: string): ElementContent[] {
  const isMark = (node: ElementContent): boolean => slotOf(node) === slot;
  const [mark] = before.filter(isMark);
  if (mark?.type !== "element") return [...before, ...after];
  // An empty line has a line feed of its own.
  const texts = [before, after].map((nodes) => nodes.filter(isMark).map(textOf).join("").replace(/\n$/, ""));
  mark.children = [{ type: "text", value: texts.join("\n") }];
  return [...before.filter((node) => node === mark || !isMark(node)), ...after.filter((node) => !isMark(node))];
}

function slotOf(node: ElementContent | undefined): string | undefined {
  return node?.type === "element" ? (node.properties["dataSlot"] as string | undefined) : undefined;
}
