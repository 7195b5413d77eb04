/** The Markdowns of other documentation tools, by the tool's name; `markdown` is CommonMark, and MDX where a page ends in `.mdx`. */
export const DIALECTS = ["markdown", "mkdocs", "docusaurus", "hugo", "myst"] as const;

/** How a page's Markdown is read. */
export type Dialect = (typeof DIALECTS)[number];

/** Whether a page's text is MDX: by its name, and all of Docusaurus' pages are. */
export function isMdx(file: string, dialect: Dialect): boolean {
  return /\.mdx$/i.test(file) || dialect === "docusaurus";
}
