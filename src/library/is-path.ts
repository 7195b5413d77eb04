/** Whether a word names a page by its path; an id has neither a slash nor an extension. */
export function isPath(word: string): boolean {
  return /[/\\]|\.mdx?$/i.test(word);
}
