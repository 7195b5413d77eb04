import type { InlineCode, RootContent } from "mdast";
import type { Parameter } from "../../../language/model/runbook.ts";
import { prosePieces } from "../../values/prose-pieces.ts";
import { element, text } from "../element.ts";

/** Code in a runbook's prose or headings: what refers to a parameter shows its value, which the page's form changes. */
export function proseCode(node: InlineCode, params: readonly Parameter[]): RootContent {
  const pieces = prosePieces(node.value, params);
  if (pieces.every(({ name }) => name === undefined)) return node;
  const children = pieces.map(({ text: piece, name, reference }) =>
    name === undefined
      ? text(piece)
      : element("span", { className: ["value"], dataValue: name, dataReference: reference }, [text(piece)]),
  );
  return element("code", {}, children);
}
