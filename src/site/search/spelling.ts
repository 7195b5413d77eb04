import { nearest } from "../../words/nearest.ts";

/** A term as it is searched for, and the words of the typed one that were taken for mistyped. */
export interface Spelt {
  term: string;
  mistyped: string[];
}

/** A longer term is a pasted message: a word in it that no page has is somebody's own name. */
const mostWords = 6;

/** Puts the nearest of the pages' words in the place of a word that no page has, and that no word of theirs begins with. */
export function spell(term: string, vocabulary: readonly string[]): Spelt {
  const words = term.split(" ");
  if (words.length > mostWords) return { term, mistyped: [] };
  const mistyped: string[] = [];
  const spelt = words.map((typed) => {
    const word = typed.toLowerCase();
    if (!/^\p{L}{4,}$/u.test(word) || vocabulary.some((known) => known.startsWith(word))) return typed;
    const meant = nearest(word, vocabulary, word.length < 8 ? 1 : 2);
    if (meant === undefined) return typed;
    mistyped.push(typed);
    return meant;
  });
  return { term: spelt.join(" "), mistyped };
}
