import { fileURLToPath } from "node:url";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Which module of a package gets which of ours put in its place. */
const own: readonly (readonly [module: RegExp, ours: string])[] = [
  [/^@pagefind\/default-ui$/, at("../search/pagefind-ui.ts")],
  [/\/TableOfContents\/starlight-toc(?:\.js)?$/, at("../script/contents-list.ts")],
];

/** A Vite plugin: Starlight gets our surface of the search, which gets Pagefind's, and our list of a page's headings. */
export function ownScripts() {
  return {
    name: "own-scripts",
    enforce: "pre" as const,
    resolveId(source: string, importer?: string): string | undefined {
      return own.find(([module, ours]) => module.test(source) && importer !== ours)?.[1];
    },
  };
}
