import { fileURLToPath } from "node:url";

/** Which module of a package gets which of ours put in its place. */
const own: readonly (readonly [module: RegExp, ours: string])[] = (
  [
    [/^@pagefind\/default-ui$/, new URL("../search/pagefind-ui.ts", import.meta.url)],
    [/\/TableOfContents\/starlight-toc(?:\.js)?$/, new URL("../script/contents-list.ts", import.meta.url)],
  ] as const
).map(([module, ours]) => [module, fileURLToPath(ours)]);

/** Vite's module through which scripts load other scripts. */
const preloadHelper = "\0vite/preload-helper.js";

/** A Vite plugin: Starlight gets our surface of the search, which gets Pagefind's, and our list of a page's headings. */
export function ownScripts() {
  return {
    name: "own-scripts",
    enforce: "pre" as const,
    resolveId(source: string, importer?: string): string | undefined {
      return own.find(([module, ours]) => module.test(source) && importer !== ours)?.[1];
    },
    load(id: string): string | undefined {
      // Vite's own, which each page would load, fetches a script's imports and styles ahead: browsers find the imports, and there are no styles.
      return id === preloadHelper ? "export const __vitePreload = (load) => load();" : undefined;
    },
  };
}
