import { PagefindUI as Stock } from "@pagefind/default-ui";
import { setUpKeys } from "./keys.ts";
import { showNearResults } from "./near-results.ts";
import { ranking } from "./ranking.ts";
import { searchTerm } from "./terms.ts";

interface Options {
  element: string;
  bundlePath: string;
}

/** Pagefind's own surface, which the build puts this in the place of: it finds what was pasted, too, and ranks as the site wants. */
export class PagefindUI extends Stock {
  constructor(options: Options) {
    super({ ...options, ranking, processTerm: searchTerm });
    const place = document.querySelector(options.element);
    if (!place) return;
    setUpKeys(place, showNearResults(place, options.bundlePath, searchTerm));
    // Who opened it before it was there types at once.
    if (place.closest("dialog")?.open) place.querySelector("input")?.focus();
  }
}
