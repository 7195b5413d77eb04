import type { StarlightRouteData } from "@astrojs/starlight/route-data";
import { escapeMarkup } from "../markdown/escape-markup.ts";

type Entries = StarlightRouteData["sidebar"];

/** The list of contents as no page sees it: none of its entries is the page itself. */
export function withoutCurrent(entries: Entries): Entries {
  return entries.map((entry) =>
    entry.type === "link" ? { ...entry, isCurrent: false } : { ...entry, entries: withoutCurrent(entry.entries) },
  );
}

/** The addresses of the entries that are the page itself. */
export function currentLinks(entries: Entries): string[] {
  return entries.flatMap((entry) =>
    entry.type === "link" ? (entry.isCurrent ? [entry.href] : []) : currentLinks(entry.entries),
  );
}

/** Marks links in a rendered list of contents as Starlight does: as the page itself, in groups that are open. */
export function markCurrent(html: string, links: readonly string[]): string {
  let marked = html;
  for (const link of new Set(links)) {
    const start = `<a href="${escapeMarkup(link)}"`;
    for (let at = marked.indexOf(start); at >= 0; at = marked.indexOf(start, at + start.length)) {
      const end = at + start.length;
      marked = `${opened(marked.slice(0, at))}${start} aria-current="page"${marked.slice(end)}`;
      at = marked.indexOf(start, at);
    }
  }
  return marked;
}

/** The markup before a link, with all groups open that the link is in. */
function opened(before: string): string {
  const groups: number[] = [];
  for (const { 0: tag, index } of before.matchAll(/<details[^>]*>|<\/details>/g)) {
    if (tag === "</details>") groups.pop();
    else groups.push(index);
  }
  let html = before;
  for (const at of groups.reverse()) {
    if (!html.startsWith("<details open", at))
      html = `${html.slice(0, at)}<details open${html.slice(at + "<details".length)}`;
  }
  return html;
}
