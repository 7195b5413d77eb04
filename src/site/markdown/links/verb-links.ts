import { basename, dirname } from "node:path";
import type { Paragraph, PhrasingContent, Root } from "mdast";
import type { VFile } from "vfile";
import { homeOf } from "../../base-path.ts";
import { toolsets } from "../../data/verbs/index.ts";
import { plainText } from "./headings.ts";

/** Where the site will be. */
export interface VerbLinksOptions {
  /** The path under which the site is served. */
  base: string;
}

/** The heading of a system's page below which its first commands stand. */
const HEADING = "First commands";

/** Ends a system's first commands with the way to all everyday commands of its commands. */
export function remarkVerbLinks({ base }: VerbLinksOptions) {
  return (tree: Root, file: VFile): void => {
    if (!/^index\.mdx?$/.test(basename(file.path))) return;
    const system = basename(dirname(file.path));
    const sets = Object.entries(toolsets).filter(([, toolset]) => toolset.system === system);
    const at = tree.children.findIndex((node) => node.type === "heading" && plainText(node) === HEADING);
    if (sets.length === 0 || at < 0) return;
    const rest = tree.children.slice(at + 1);
    const next = rest.findIndex((node) => node.type === "heading" && node.depth <= 2);
    const verbs = `${homeOf(base)}verbs/`;
    const links = sets.flatMap(([id, { name }], index): PhrasingContent[] => [
      ...(index > 0 ? [text(" and ")] : []),
      link(`${verbs}${id}/`, `${name}'s commands`),
    ]);
    const more: Paragraph = {
      type: "paragraph",
      children: [
        text("Start, stop, copy a file in, limit, publish, snapshot, clone, move, delete: all of them in "),
        ...links,
        text(", or "),
        link(`${verbs}?system=${sets[0]?.[0]}`, "beside the other systems'"),
        text("."),
      ],
    };
    tree.children.splice(next < 0 ? tree.children.length : at + 1 + next, 0, more);
  };
}

function text(value: string): PhrasingContent {
  return { type: "text", value };
}

function link(url: string, words: string): PhrasingContent {
  return { type: "link", url, children: [{ type: "text", value: words }] };
}
