import { type Found, holdsTitle, rankPages, wordsOf } from "./terms.ts";

/** As much of Pagefind's own module as is needed. */
interface Pagefind {
  search(term: string): Promise<{ results: Result[] }>;
}

interface Result extends Found {
  data(): Promise<{ url: string; meta: { title?: string } }>;
}

const most = 5;
/** A message is this long at least, and a page that is found by all its words may only mention it. */
const messageWords = 5;
const fewResults = 3;

/**
 * Where no page has all the words, as of a message with somebody's own paths and names in it, or only some page
 * that happens to have them, shows the pages that make most of them. What this gives says whether they are there.
 */
export function showNearResults(place: Element, bundle: string, term: (typed: string) => string): () => boolean {
  let looked = "";
  let shown = "";
  const typedNow = () => place.querySelector("input")?.value.trim() ?? "";
  const look = async (): Promise<void> => {
    const typed = typedNow();
    const wanted = term(typed);
    const question = `${typed}\n${wanted}`;
    if (question === looked) return;
    looked = question;
    const found = await nearResults(bundle, wanted);
    // Meanwhile something else may have been typed.
    if (typedNow() !== typed) return;
    place.querySelector(".near-results")?.remove();
    const area = place.querySelector(".pagefind-ui__drawer");
    if (found.pages.length > 0)
      area?.insertAdjacentElement(found.some ? "beforebegin" : "afterend", listOf(found.pages));
    shown = typed;
  };
  place.addEventListener("input", () => void look());
  // The button that clears the field tells nobody.
  place.addEventListener("click", () => void look());
  return () => shown === typedNow();
}

/** Nothing where the page that makes most of the words is the one that is found first anyway. */
async function nearResults(
  bundle: string,
  term: string,
): Promise<{ some: boolean; pages: { url: string; title: string }[] }> {
  const words = wordsOf(term);
  if (words.length === 0) return { some: false, pages: [] };
  const pagefind: Pagefind = await import(/* @vite-ignore */ `${bundle}pagefind.js`);
  const { results } = await pagefind.search(term);
  const some = results.length > 0;
  if (some && (words.length < messageWords || results.length > fewResults)) return { some, pages: [] };
  const found = (await Promise.all(words.map((word) => pagefind.search(word)))).map((one) => one.results);
  const ranked = rankPages(found, most);
  if (ranked[0] === results[0]?.id) return { some, pages: [] };
  const all = new Map(found.flat().map((one) => [one.id, one]));
  const data = await Promise.all(ranked.map((id) => all.get(id)?.data()));
  const pages = data.flatMap((one) => (one ? [{ url: one.url, title: one.meta.title ?? one.url }] : []));
  const named = pages.filter(({ title }) => holdsTitle(term, title));
  return { some, pages: [...named, ...pages.filter((page) => !named.includes(page))] };
}

function listOf(links: { url: string; title: string }[]): HTMLElement {
  const section = document.createElement("section");
  section.className = "near-results";
  section.setAttribute("aria-label", "Pages with most of these words");
  const head = document.createElement("p");
  head.textContent = "Pages with most of these words:";
  const list = document.createElement("ol");
  for (const { url, title } of links) {
    const link = document.createElement("a");
    link.href = url;
    link.textContent = title;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  section.append(head, list);
  return section;
}
