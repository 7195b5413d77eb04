import type { RootContent } from "mdast";

/** A node of no type that Markdown knows becomes the element that its data names. */
export function element(hName: string, hProperties: object, children: RootContent[]): RootContent {
  return { type: "runbookElement", data: { hName, hProperties }, children } as unknown as RootContent;
}

/** Text. */
export function text(value: string): RootContent {
  return { type: "text", value };
}

/** A paragraph of a class. */
export function paragraph(className: string, children: RootContent[]): RootContent {
  return element("p", { className: [className] }, children);
}
