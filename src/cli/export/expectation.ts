import { parseExpectedLine } from "../../language/output/line.ts";
import { classExpression } from "../../language/output/matchers.ts";

const REFERENCE = /\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g;

/**
 * An expected output as an expression of Perl's kind for the whole of it, in pieces: between two of them stands the
 * reference to a value, as it is written. An odd number, so that the first and the last are expressions.
 */
export function expectation(text: string, names: ReadonlySet<string>): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  while (lines.length > 0 && lines.at(-1) === "") lines.pop();
  const pieces = [""];
  const add = (expression: string): void => {
    pieces.push(`${pieces.pop() ?? ""}${expression}`);
  };
  for (const line of lines) {
    if (line.trim() === "…") {
      add("(?:[^\\n]*\\n)*");
      continue;
    }
    for (const part of parseExpectedLine(line, new Map())) {
      if (part === "any") add("[^\\n]*");
      else if ("class" in part) add(classExpression(part.class));
      else addLiteral(part.literal, names, add, pieces);
    }
    add("\\n");
  }
  return pieces;
}

function addLiteral(
  literal: string,
  names: ReadonlySet<string>,
  add: (expression: string) => void,
  pieces: string[],
): void {
  let done = 0;
  for (const { index, 0: written, 1: braced, 2: bare } of literal.matchAll(REFERENCE)) {
    const name = braced ?? bare ?? "";
    if (!names.has(name)) continue;
    add(escaped(literal.slice(done, index)));
    pieces.push(written, "");
    done = index + written.length;
  }
  add(escaped(literal.slice(done)));
}

/** A backslash as its number, so that none stands before an `n` but in the end of a line. */
function escaped(literal: string): string {
  return literal.replaceAll("\\", "\\x5c").replace(/[\^$.*+?()[\]{}|]/g, "\\$&");
}
