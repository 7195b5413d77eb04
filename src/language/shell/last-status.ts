import type { SyntaxNode } from "unbash";
import { loadUnbash } from "../parsers.ts";
import { parseShell } from "./analyse.ts";

const NAMES = new Set(["?", "_", "PIPESTATUS"]);

/**
 * Where a text asks for the status or the last word of a command (`$?`, `PIPESTATUS`, `$_`) before a command of its own
 * has ended: that command was another text's.
 */
export function asksForeignStatus(text: string): { name: string; pos: number; end: number } | undefined {
  let firstEnd = Number.POSITIVE_INFINITY;
  const asked: { name: string; pos: number; end: number }[] = [];
  const visit = (node: SyntaxNode): void => {
    // A function is called behind a command, and an option's value such as `${x:-$?}` is rare.
    if (node.type === "Function") return;
    if (node.type === "Command") firstEnd = Math.min(firstEnd, node.end);
    if (node.type === "SimpleExpansion" || node.type === "ParameterExpansion") {
      const name = node.type === "SimpleExpansion" ? node.text.slice(1) : node.parameter;
      if (NAMES.has(name)) asked.push({ name, pos: node.pos, end: node.end });
    }
    loadUnbash().forEachChild(node, visit);
  };
  try {
    visit(parseShell(text));
  } catch {
    // Too deeply nested: another check reports that.
  }
  return asked.find(({ pos }) => pos < firstEnd);
}
