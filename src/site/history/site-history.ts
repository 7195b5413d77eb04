import { readHistory } from "./git-history.ts";

/** The changes of the site's pages, read once: a build stands in the checkout. */
export const history = readHistory(process.cwd(), "content");
