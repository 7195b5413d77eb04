import type { Root } from "mdast";
import type { Processor } from "unified";
import type { VFile } from "vfile";
import type { Page } from "../../language/model/page.ts";
import remarkRunbook from "../../language/read/remark-runbook.ts";
import { parsedPages } from "../build/parsed/parsed-pages.ts";

/**
 * The language's own plugin, which goes on from what the check of all pages read where that is the same text: a page is parsed once, in
 * the check's thread.
 */
export function remarkParsedPage(this: Processor) {
  const readRunbook = remarkRunbook();
  const parse = this.parser;
  const taken = new WeakMap<VFile, Page>();
  this.parser = (text, file) => {
    const parsed = parsedPages()?.take(file.path, text);
    if (!parsed) return parse?.(text, file) as Root;
    taken.set(file, parsed.page);
    return parsed.tree;
  };
  return (tree: Root, file: VFile): void => {
    const page = taken.get(file);
    if (page) Object.assign(file.data, page);
    else readRunbook(tree, file);
  };
}
