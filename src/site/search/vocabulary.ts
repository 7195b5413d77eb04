/** Words of letters alone: one with digits or signs in it is somebody's name for a thing, and right as it is typed. */
const wholeWord = /(?<![\p{L}\p{N}_])\p{L}{4,}(?![\p{L}\p{N}_])/gu;

/** The words of pages, in small letters, those that most pages have first. */
export function vocabularyOf(pages: Iterable<string>): string[] {
  const counts = new Map<string, number>();
  for (const page of pages) {
    const text = page.replaceAll(/\]\([^)]*\)/g, "]").toLowerCase();
    for (const word of new Set(text.match(wholeWord))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([word]) => word);
}
