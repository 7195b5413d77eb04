import { PagefindUI as Stock } from "@pagefind/default-ui";
import { showNearResults } from "./near-results.ts";
import { searchTerm } from "./terms.ts";

interface Options {
  element: string;
  bundlePath: string;
}

/** Pagefind's own surface, which the build puts this in the place of: it finds what was pasted, too. */
export class PagefindUI extends Stock {
  constructor(options: Options) {
    super({ ...options, processTerm: searchTerm });
    const place = document.querySelector(options.element);
    if (place) showNearResults(place, options.bundlePath, searchTerm);
  }
}
