import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import remarkFrontmatter from "remark-frontmatter";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";

/** A link to another site, and its place in the notes. */
export interface ExternalLink {
  url: string;
  file: string;
  line: number;
}

const parser = unified().use(remarkParse).use(remarkFrontmatter, ["yaml"]);

/** The links in a page's text to other sites. An address in code is no link. */
export function linksInPage(text: string, file: string): ExternalLink[] {
  const links: ExternalLink[] = [];
  visit(parser.parse(text), (node) => {
    if (node.type !== "link" && node.type !== "definition" && node.type !== "image") return;
    if (/^(?:[a-z]+:)?\/\//i.test(node.url)) links.push({ url: node.url, file, line: node.position?.start.line ?? 1 });
  });
  return links;
}

/** The addresses in a data file. Addresses that are built from a constant of the file count too. */
export function linksInData(text: string, file: string): ExternalLink[] {
  const constants = new Map<string, string>();
  return text.split("\n").flatMap((source, index) => {
    const whole = source.replaceAll(/\$\{(\w+)\}/g, (said, name) => constants.get(name) ?? said);
    const [, name, value] = /^const (\w+) = ["`](https?:[^"`]+)["`];$/.exec(whole) ?? [];
    if (name && value) {
      constants.set(name, value);
      return [];
    }
    const found = whole.matchAll(/(["'`])(https?:\/\/(?:(?!\1).)+)\1/g);
    // An address with a computed part is left out. Where only its anchor is computed, the page's address is taken without the anchor.
    const urls = [...found].map(([, , url = ""]) => url.replace(/#[^#]*\$\{.*$/, ""));
    return urls.filter((url) => !url.includes("${")).map((url) => ({ url, file, line: index + 1 }));
  });
}

/** All links of the notes and of the site's data to other sites. */
export function findLinks(root: string): ExternalLink[] {
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const names = (pattern: string) => globSync(pattern, { cwd: root }).toSorted();
  return [
    ...names("content/**/*.{md,mdx}").flatMap((file) => linksInPage(read(file), file)),
    ...names("src/site/data/**/*.ts").flatMap((file) => linksInData(read(file), file)),
  ];
}
