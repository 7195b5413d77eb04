/** Where a page's text is served, below the front page's address: its file's place in content/. */
export function markdownName(file: string): string {
  return file.replace(/^content\//, "").replace(/\.mdx$/, ".md");
}

/** A page's text as it is served: as it is written, but for links to pages that are served under another name. */
export function markdownOf(text: string): string {
  return text.replaceAll(/(\]\((?![a-z][a-z+.-]*:)[^)\s]*\.md)x(?=[)#\s])/g, "$1");
}
