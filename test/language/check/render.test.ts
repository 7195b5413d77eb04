import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { type Diagnostic, renderDiagnostic } from "../../../src/language/index.ts";
import { coloured } from "../../../src/terminal/style.ts";

function diagnostic(line: number, from: number, to: number, more: Partial<Diagnostic> = {}): Diagnostic {
  const span = { start: { line, column: from }, end: { line, column: to } };
  return { code: "unknown-key", severity: "error", file: "content/a.md", span, message: "No such key.", ...more };
}

const page = 'one\n```sh stpe="x"\n\tüber 猫 wrong \u001b[31m\n';

test("a diagnostic shows its place in the page's line", () => {
  expect(renderDiagnostic(diagnostic(2, 7, 11, { hint: 'Did you mean "step"?' }), page)).toBe(
    `error[unknown-key] No such key.
 --> content/a.md:2:7
2 | \`\`\`sh stpe="x"
  |       ^^^^
  = Did you mean "step"?`,
  );
});

test("marks stand under wide characters, and nothing steers the terminal", () => {
  const lines = renderDiagnostic(diagnostic(3, 9, 14, { severity: "warning" }), page).split("\n");
  expect(lines[0]).toBe("warning[unknown-key] No such key.");
  expect(lines[2]).toBe("3 |         über 猫 wrong \ufffd[31m");
  expect(lines[3]).toBe("  |                 ^^^^^");
});

test("a long line is cut around its place", () => {
  const line = `${"a".repeat(300)}HERE${"b".repeat(300)}`;
  const [, , source = "", marks = ""] = renderDiagnostic(diagnostic(1, 301, 305), line, { columns: 60 }).split("\n");
  expect(source.length).toBeLessThanOrEqual(60);
  expect(source.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1)).toBe("HERE");
});

test.each([
  ["a place behind the page's end", diagnostic(99, 5, 6)],
  ["a place behind the line's end", diagnostic(1, 50, 60)],
  [
    "a span over lines",
    { ...diagnostic(1, 1, 1), span: { start: { line: 1, column: 2 }, end: { line: 3, column: 1 } } },
  ],
])("%s is marked too", (_, found) => {
  expect(renderDiagnostic(found, page)).toContain("^");
});

test("colours change nothing else", () => {
  const plain = renderDiagnostic(diagnostic(2, 7, 11), page);
  const shown = renderDiagnostic(diagnostic(2, 7, 11), page, { style: coloured });
  expect(shown).not.toBe(plain);
  expect(stripVTControlCharacters(shown)).toBe(plain);
});
