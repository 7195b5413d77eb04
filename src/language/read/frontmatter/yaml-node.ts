import type { Document, Node, Pair, YAMLMap } from "yaml";
import { cleanTitle } from "../../../terminal/clean.ts";
import type { Place, Span } from "../../model/place.ts";
import { loadYaml } from "../../parsers.ts";

/** A YAML document with the places of its nodes in the page. */
export interface PlacedYaml {
  document: Document;
  /** A node's span in the page; the whole frontmatter's where it has none of its own. */
  spanOf(node: unknown): Span;
}

/** Parses frontmatter; `line` is the page's line on which its text begins. */
export function parseYaml(text: string, line: number): PlacedYaml {
  const { LineCounter, parseDocument } = loadYaml();
  const counter = new LineCounter();
  const source = text.replace(/\r\n?/g, "\n");
  const document = parseDocument(source, { lineCounter: counter, prettyErrors: false, uniqueKeys: true });
  const placeAt = (offset: number): Place => {
    const { line: row, col } = counter.linePos(offset);
    return { line: row + line - 1, column: col };
  };
  const whole = { start: placeAt(0), end: placeAt(source.length) };
  const spanOf = (node: unknown): Span => {
    const range = (node as Node | null)?.range;
    return range ? { start: placeAt(range[0]), end: placeAt(range[1]) } : whole;
  };
  return { document, spanOf };
}

/** Frontmatter that another tool has parsed already: its values, without places. */
export function yamlOf(value: unknown): PlacedYaml {
  const { Document } = loadYaml();
  const start = { line: 1, column: 1 };
  return { document: new Document(value), spanOf: () => ({ start, end: start }) };
}

/** A map's pairs with plain text keys. */
export function pairsOf(map: YAMLMap): { key: string; keyNode: unknown; value: unknown }[] {
  return map.items.map((pair: Pair) => ({ key: textOf(pair.key) ?? "", keyNode: pair.key, value: pair.value }));
}

/**
 * A scalar's text as the page has it: `022` and `yes` are what they look like, not numbers or truths.
 * Undefined for what is no scalar, and for an absent value.
 */
export function textOf(node: unknown): string | undefined {
  const { isScalar } = loadYaml();
  if (!isScalar(node)) return typeof node === "string" ? node : undefined;
  if (typeof node.value === "string") return node.value;
  if (node.value === null || node.value === undefined) return undefined;
  return node.source ?? String(node.value);
}

/** What a node holds as plain data, as a schema reads it: scalars are texts, and what is no map, list or scalar is undefined. */
export function dataOf(node: unknown): unknown {
  const { isMap, isScalar, isSeq } = loadYaml();
  if (isMap(node)) return Object.fromEntries(pairsOf(node).map(({ key, value }) => [key, dataOf(value)]));
  if (isSeq(node)) return node.items.map(dataOf);
  if (node === null || (isScalar(node) && node.value === null)) return null;
  return textOf(node);
}

/** A scalar's text in one line, as titles and the like are shown: it goes to terminals, comments and web pages. */
export function titleOf(node: unknown): string | undefined {
  const text = textOf(node);
  return text === undefined ? undefined : cleanTitle(text);
}
