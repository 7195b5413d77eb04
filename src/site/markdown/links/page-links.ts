import { dirname, relative, resolve } from "node:path";
import type { Root } from "mdast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { homeOf } from "../../base-path.ts";

/** Where the pages are and where the site will be. */
export interface PageLinksOptions {
  /** The folder of the pages, absolute. */
  content: string;
  /** The path under which the site is served. */
  base: string;
}

/** Makes links between pages' files, which work wherever the files are read, links between the site's pages. */
export function remarkPageLinks({ content, base }: PageLinksOptions) {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node) => {
      if (node.type !== "link" && node.type !== "definition") return;
      const [, target, page, anchor = ""] = /^(?![a-z][a-z+.-]*:|[/#])((.*)\.mdx?)(#.*)?$/.exec(node.url) ?? [];
      if (!target || page === undefined) return;
      const path = relative(content, resolve(dirname(file.path), page));
      if (path.startsWith("..")) return;
      const id = path.replace(/(^|\/)index$/, "").toLowerCase();
      node.url = `${homeOf(base)}${id && `${id}/`}${anchor}`;
    });
  };
}
