import { nearest } from "../../words/nearest.ts";

const most = 3;

/** The pages that an address which leads nowhere may have meant: that of nearly the same letters, then those that share words. */
export function nearPaths(wrong: string, paths: readonly string[]): string[] {
  const typed = plain(wrong);
  if (!typed) return [];
  const meant = nearest(typed, paths);
  const lastParts = new Map(paths.map((path) => [path.split("/").at(-1) ?? "", path]));
  const part = lastParts.get(nearest(typed.split("/").at(-1) ?? "", lastParts.keys()) ?? "");
  const words = new Set(wordsOf(typed));
  const shared = paths
    .map((path) => ({ path, count: wordsOf(path).filter((word) => words.has(word)).length }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || a.path.length - b.path.length)
    .map(({ path }) => path);
  const all = [meant, part, ...shared].filter((path) => path !== undefined);
  return [...new Set(all)].slice(0, most);
}

/** An address without what servers and habit add to it. */
function plain(path: string): string {
  return path
    .toLowerCase()
    .replace(/\.(?:html?|mdx?)$/, "")
    .replace(/(?:^|\/)index$/, "")
    .replaceAll(/^\/+|\/+$/g, "");
}

function wordsOf(path: string): string[] {
  return path.split(/[/_.-]+/).filter((word) => word.length > 2 && word !== "fix" && word !== "topics");
}
