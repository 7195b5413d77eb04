/** All forms in which a word may stand in a text: as it is, in the plural, and at the start of a sentence. */
export function formsOf(word: string): string[] {
  const forms = [word, pluralOf(word)];
  // A word with a capital is a name, and written in no other way.
  const isName = word !== word.toLowerCase();
  return isName ? forms : [...forms, ...forms.map((form) => form.charAt(0).toUpperCase() + form.slice(1))];
}

/** Finds each of the forms as whole words, longer ones first. */
export function patternOf(forms: readonly string[]): RegExp {
  const longestFirst = forms.toSorted((a, b) => b.length - a.length);
  // What is joined to more letters by one of these is another word, a path, or a file's name.
  const before = String.raw`(?<![\p{L}\p{N}_./@$=-])`;
  const after = String.raw`(?![\p{L}\p{N}_/=]|[-.:]\p{L}|[-.]\p{N})`;
  return new RegExp(`${before}(?:${longestFirst.map(asPattern).join("|")})${after}`, "gu");
}

/** A match as a form: between its words may stand any white space. */
export function formOf(match: string): string {
  return match.replace(/\s+/g, " ");
}

function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

function asPattern(form: string): string {
  return form.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replaceAll(" ", String.raw`\s+`);
}
