import { PagefindUI as Stock } from "@pagefind/default-ui";
import { setUpKeys } from "./keys.ts";
import { showNearResults } from "./near-results.ts";
import { ranking } from "./ranking.ts";
import { setUpSpelling } from "./spelling-note.ts";
import { searchTerm } from "./terms.ts";

interface Options {
  element: string;
  bundlePath: string;
  processResult?: (result: PageFound) => void;
}

/** A page that was found, and the parts of it that have the words. */
interface PageFound {
  url: string;
  sub_results: { url: string }[];
}

/** Pagefind's own surface, which the build puts this in the place of: it finds what was pasted, too, and ranks as the site wants. */
export class PagefindUI extends Stock {
  constructor(options: Options) {
    const processResult = (result: PageFound): void => {
      options.processResult?.(result);
      // The part before the first heading is the page itself: else the title would stand there twice.
      for (const part of result.sub_results) {
        if (part.url === `${result.url}#_top`) part.url = result.url;
      }
    };
    let term = searchTerm;
    super({ ...options, ranking, processTerm: (typed: string) => term(typed), processResult });
    const place = document.querySelector(options.element);
    if (!place) return;
    term = setUpSpelling(place, options.bundlePath, searchTerm);
    setUpKeys(place, showNearResults(place, options.bundlePath, term));
    // Who opened it before it was there types at once.
    if (place.closest("dialog")?.open) place.querySelector("input")?.focus();
  }
}
