import type { Code, Root, RootContent } from "mdast";
import { visit } from "unist-util-visit";
import type { PageFence, Role } from "../../language/model/page.ts";

/** A fence that is folded into its step's card, with the prose that belongs to it. */
export interface Folded {
  role: Role;
  /** Its place among its step's fences of the role. */
  index: number;
  node: Code;
  prose: RootContent[];
}

/** What the language's plugin says of a code node. */
export function fenceOf(node: Code): PageFence | undefined {
  return (node.data as { runbook?: PageFence } | undefined)?.runbook;
}

const folds = new Set<Role | undefined>(["when", "guard", "proof", "undo"]);

/**
 * Takes guards, proofs and the like out of the text, by step, each with the prose right before it. A paragraph
 * that opens a section is the section's own and stays; a section of which nothing is left goes.
 */
export function takeFolded(tree: Root): Map<string, Folded[]> {
  const found = new Map<string, Folded[]>();
  const taken = new Set<RootContent>();
  visit(tree, "code", (node) => {
    const fence = fenceOf(node);
    if (!fence?.step || !folds.has(fence.role)) return;
    const ofStep = found.get(fence.step) ?? [];
    const index = ofStep.filter(({ role }) => role === fence.role).length;
    ofStep.push({ role: fence.role as Role, index, node, prose: proseBefore(tree, node) });
    found.set(fence.step, ofStep);
  });
  for (const { node, prose } of [...found.values()].flat()) for (const one of [node, ...prose]) taken.add(one);
  remove(tree, taken);
  tree.children = tree.children.filter((node, at) => node.type !== "heading" || !isEmptied(tree, at, found.size));
  return found;
}

function proseBefore({ children }: Root, node: Code): RootContent[] {
  const at = children.indexOf(node);
  let from = at;
  while (children[from - 1]?.type === "paragraph") from--;
  const before = children[from - 1];
  const opens = before?.type === "heading" || before?.type !== "code" || !folds.has(fenceOf(before)?.role);
  return at < 0 ? [] : children.slice(opens ? Math.min(from + 1, at) : from, at);
}

function remove(parent: { children: RootContent[] }, taken: ReadonlySet<RootContent>): void {
  parent.children = parent.children.filter((child) => !taken.has(child));
  for (const child of parent.children) {
    if ("children" in child) remove(child as { children: RootContent[] }, taken);
  }
}

// A heading with nothing below it but the end of the page.
function isEmptied({ children }: Root, at: number, folded: number): boolean {
  return folded > 0 && at === children.length - 1;
}
