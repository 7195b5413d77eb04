import { fileURLToPath } from "node:url";

const ours = fileURLToPath(new URL("../search/pagefind-ui.ts", import.meta.url));

/** A Vite plugin: Starlight's search gets our surface, and that gets Pagefind's. */
export function searchSurface() {
  return {
    name: "search-surface",
    enforce: "pre" as const,
    resolveId(source: string, importer?: string): string | undefined {
      return source === "@pagefind/default-ui" && importer !== ours ? ours : undefined;
    },
  };
}
