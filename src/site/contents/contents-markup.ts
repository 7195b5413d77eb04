import type { StarlightRouteData } from "@astrojs/starlight/route-data";
import { escapeMarkup } from "../markdown/escape-markup.ts";

/** An entry of the list of contents: a link, or a group of entries. */
export type ContentsEntry = StarlightRouteData["sidebar"][number];

const caret = `<svg aria-hidden="true" class="caret" viewBox="0 0 24 24" fill="currentColor"><path d="m14.83 11.29-4.24-4.24a1 1 0 1 0-1.42 1.41L12.71 12l-3.54 3.54a1 1 0 0 0 0 1.41 1 1 0 0 0 .71.29 1 1 0 0 0 .71-.29l4.24-4.24a1.002 1.002 0 0 0 0-1.42Z"/></svg>`;

/**
 * The markup of the list of contents, which Starlight's scripts and ours find as they find Starlight's own. It is a plain text,
 * because each page lists all pages: with a component an entry, the time of a build grows with the square of the pages, and each
 * entry carries a class. Badges and attributes, which Starlight's pages may give their entries, are left out: no page has them.
 */
export function contentsMarkup(entries: readonly ContentsEntry[]): string {
  let groups = 0;
  const markupOf = (entry: ContentsEntry): string => {
    const label = escapeMarkup(entry.label);
    if (entry.type === "link") {
      return `<a href="${escapeMarkup(entry.href)}"${entry.isCurrent ? ' aria-current="page"' : ""}>${label}</a>`;
    }
    const open = !entry.collapsed || hasCurrent(entry);
    // By this place in the order, Starlight's script opens again what the reader opened on the page before.
    const place = `<sl-sidebar-restore data-index="${groups++}"></sl-sidebar-restore>`;
    return `<details${open ? " open" : ""}><summary><span>${label}</span>${caret}</summary>${place}<ul>${list(entry.entries)}</ul></details>`;
  };
  const list = (items: readonly ContentsEntry[]): string =>
    items.map((entry) => `<li>${markupOf(entry)}</li>`).join("");
  return `<ul class="top-level">${list(entries)}</ul>`;
}

function hasCurrent(entry: ContentsEntry): boolean {
  return entry.type === "link" ? entry.isCurrent : entry.entries.some(hasCurrent);
}
