/** How a question begins. These words are asked of pages that explain much, and not of the one that is wanted. */
const question =
  /^(?:how (?:to|do i|can i|does one)|what (?:is|are)|where (?:is|are)|why (?:is|are|do|does))\s+(?=\S)/i;

/**
 * The query for a typed text. The index takes the text on the two sides of `=` for two words,
 * and a query that keeps the sign finds neither.
 */
export function searchTerm(typed: string): string {
  return typed.replaceAll(/[="]+/g, " ").replaceAll(/\s+/g, " ").trim().replace(question, "");
}

/** The words of a term, each once, without what stands in every other message. */
export function wordsOf(term: string): string[] {
  return [...new Set(term.split(" ").filter((word) => /[\p{L}\p{N}]{2}/u.test(word)))].slice(0, 24);
}

/** Whether what was pasted holds the message that a page is named after: its title up to the first full stop. */
export function holdsTitle(term: string, title: string): boolean {
  const plain = (text: string): string => searchTerm(text).toLowerCase();
  const message = plain(title.split(/[.?!](?:\s|$)/, 1)[0] ?? "");
  return message.split(" ").length > 2 && plain(term).includes(message);
}

/** A page that has a word, and how much that word is of it. */
export interface Found {
  id: string;
  score: number;
}

/** Pages by how many of the words they have and how much they make of each; a word that few pages have counts more. */
export function rankPages(found: readonly (readonly Found[])[], most: number): string[] {
  const total = new Set(found.flat().map(({ id }) => id)).size;
  const ranks = new Map<string, number>();
  for (const pages of found) {
    const weight = Math.log((total + 1) / (pages.length + 0.5));
    const best = Math.max(...pages.map(({ score }) => score));
    for (const { id, score } of pages) ranks.set(id, (ranks.get(id) ?? 0) + (weight * score) / best);
  }
  return [...ranks]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([id]) => id);
}
