import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import remarkDirective from "remark-directive";
import type { MoreSyntax } from "../../../language/read/reader.ts";

/** What Astro and Starlight add to the syntax of pages: GitHub's tables and notes, in Astro's own version, and asides. */
export async function siteSyntax(): Promise<MoreSyntax> {
  const ofAstro = createRequire(import.meta.resolve("@astrojs/markdown-remark"));
  const { default: remarkGfm } = await import(pathToFileURL(ofAstro.resolve("remark-gfm")).href);
  return { name: "site", plugins: [remarkGfm, remarkDirective] };
}
