import type { SyntaxNode } from "unbash";
import { loadUnbash } from "../parsers.ts";
import { parseShell } from "./analyse.ts";

/** A stretch of one line of a fence's text; all count from 1, `endColumn` is behind its last character. */
export interface CommandPlace {
  line: number;
  column: number;
  endColumn: number;
}

interface Unit {
  pos: number;
  end: number;
  line: number;
  lastLine: number;
}

/**
 * Which command of a shell text bash means by a line number. It counts a command at the line it had
 * read to: the second of a continued one, the last of `( )` and `$( )`, the last command's of a
 * pipeline. So the command is the one that contains the line. Where several do, `command` (what
 * BASH_COMMAND says) may choose; else all of them are marked.
 */
export function mapShellCommand(text: string, line: number, command?: string): CommandPlace | undefined {
  const units = unitsOf(text);
  let found = units.filter((unit) => unit.line <= line && line <= unit.lastLine);
  if (found.length === 0) {
    const distance = (unit: Unit): number => (unit.line > line ? unit.line - line + 0.5 : line - unit.lastLine);
    const least = Math.min(...units.map(distance));
    found = units.filter((unit) => distance(unit) === least);
  }
  const named = command && found.filter(({ pos, end }) => collapse(text.slice(pos, end)) === collapse(command));
  if (named && named.length > 0) found = named.slice(0, 1);
  const first = found[0];
  const last = found.at(-1);
  if (!first || !last) return undefined;
  const lineStart = text.lastIndexOf("\n", first.pos - 1) + 1;
  const lineEnd = text.indexOf("\n", first.pos);
  const end = Math.min(last.end, lineEnd === -1 ? text.length : lineEnd);
  return { line: first.line, column: first.pos - lineStart + 1, endColumn: end - lineStart + 1 };
}

/** The commands that a shell runs itself: what runs in a shell of its own is one command. */
function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  const lineOf = lineCounter(text);
  const visit = (node: SyntaxNode): void => {
    switch (node.type) {
      case "Command":
      case "TestCommand":
      case "ArithmeticCommand":
      case "Subshell":
      case "Pipeline":
      case "Coproc": {
        const { pos, end } = node;
        units.push({ pos, end, line: lineOf(pos), lastLine: lineOf(Math.max(pos, end - 1)) });
        return;
      }
      case "AndOr": {
        // Only the last one's failure counts; the others' are what it asks.
        const before = units.length;
        for (const command of node.commands) visit(command);
        const last = node.commands.at(-1);
        if (last) dropExempt(units, before, last.pos, lineOf(last.pos));
        return;
      }
      case "Word":
        return;
      default:
        loadUnbash().forEachChild(node, visit);
    }
  };
  try {
    visit(parseShell(text));
  } catch {
    // Too deeply nested: what was found so far is near enough.
  }
  return units;
}

// Those on other lines stay: `set -u` can end a shell in any of them.
function dropExempt(units: Unit[], from: number, lastPos: number, lastLine: number): void {
  const own = units.splice(from);
  units.push(...own.filter((unit) => unit.pos >= lastPos || unit.lastLine !== lastLine));
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

function collapse(text: string): string {
  return text.replace(/\\\n/g, " ").replace(/\s+/g, " ").trim();
}
