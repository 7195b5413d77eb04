import { clean } from "../../terminal/clean.ts";

/** A text of others in one line of Markdown: as HTML entities, which are never markup. */
export function inlineText(text: string): string {
  return htmlText(text.replace(/\s+/g, " ").trim());
}

/** A text of others within HTML tags. */
export function htmlText(text: string): string {
  return clean(text).replace(/[^\p{L}\p{N} ./-]/gu, (character) => `&#${character.codePointAt(0)};`);
}

/** A row of a table; what is in its cells is as it is. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}
