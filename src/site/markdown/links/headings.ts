import type { Heading } from "mdast";

/** A heading whose anchor would be a step's gets another, since a step's id is its anchor. */
export function keepApart(heading: Heading, ids: ReadonlySet<string>): void {
  const anchor = anchorOf(plainText(heading));
  const apart = besideSteps(anchor, ids);
  if (apart !== anchor) heading.data = { ...heading.data, hProperties: { id: apart } };
}

/** The anchor of a heading on a page that has steps with these ids. */
export function besideSteps(anchor: string, ids: ReadonlySet<string>): string {
  return ids.has(anchor) ? `about-${anchor}` : anchor;
}

/** The anchor that a heading of this text gets, here and on GitHub. */
export function anchorOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}

/** What a node says, without its marks. */
export function plainText(node: { value?: string; children?: object[] } | object): string {
  const { value, children = [] } = node as { value?: string; children?: object[] };
  return value ?? children.map(plainText).join("");
}
