import type { Complaints } from "../../model/complaints.ts";
import type { Place, Span } from "../../model/place.ts";
import { loadToml } from "../../parsers.ts";
import { type PlacedYaml, yamlOf } from "./yaml-node.ts";

/**
 * Parses frontmatter in TOML, as Hugo has it; `line` is the page's line on which its text begins. Its parser keeps no places,
 * so a place is that of the table `[runbook]`.
 */
export function parseToml(text: string, line: number, complaints: Complaints): PlacedYaml {
  const { parse, TomlError } = loadToml();
  const start = { line: headerLine(text, line), column: 1 };
  try {
    return { ...yamlOf(parse(text, { integersAsBigInt: "asNeeded" })), spanOf: () => wholeLine(start, text, line) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const at = { line: line + error.line - 1, column: error.column };
    const [, said = error.message] = /^Invalid TOML document: (.*)$/m.exec(error.message) ?? [];
    complaints.add(
      "toml-syntax",
      { start: at, end: { ...at, column: at.column + 1 } },
      `The frontmatter is no TOML: ${said}.`,
      {
        hint: "Hugo reads TOML between two lines of `+++`.",
      },
    );
    return yamlOf({});
  }
}

function headerLine(text: string, line: number): number {
  const index = text.split(/\r\n|\r|\n/).findIndex((row) => /^\s*(?:\[\s*)?runbook\b/.test(row));
  return line + Math.max(0, index);
}

function wholeLine(start: Place, text: string, line: number): Span {
  const row = text.split(/\r\n|\r|\n/)[start.line - line] ?? "";
  return { start, end: { line: start.line, column: row.length + 1 } };
}
