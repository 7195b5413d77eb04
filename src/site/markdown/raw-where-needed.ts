import type { Root } from "@astrojs/starlight/expressive-code/hast";
import type { Plugin, Processor } from "unified";
import { EXIT, visit } from "unist-util-visit";
import type { VFile } from "vfile";

/**
 * Lets `rehype-raw`, which Astro puts into each pipeline, pass over pages without HTML of their own. It takes a page's whole tree, with
 * each coloured word of its code, through a parser of HTML, and leaves such a page as it is.
 */
export function rawWhereNeeded(this: Processor): void {
  const entry = this.attachers.find(([plugin]) => plugin.name === "rehypeRaw");
  if (!entry) return;
  const rehypeRaw = entry[0] as Plugin<[object?], Root>;
  entry[0] = function (this: Processor, options?: object) {
    const parseRaw = rehypeRaw.call(this, options);
    return (tree: Root, file: VFile) => (hasRaw(tree) ? parseRaw?.(tree, file, () => {}) : undefined);
  } as unknown as Plugin;
}

function hasRaw(tree: Root): boolean {
  let found = false;
  visit(tree, "raw", () => {
    found = true;
    return EXIT;
  });
  return found;
}
