/** The package's README: the page "Your own docs, checked and proved", without the parts that only work on the site. */
export function readmeOf(page: string): string {
  const [, title = "", body = ""] = /^---\n[\s\S]*?title: (.*)\n[\s\S]*?\n---\n([\s\S]*)$/.exec(page) ?? [];
  // The package does not have the pages that this page links to, so only the words of these links stay.
  return `# ${title}\n${body.replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, "$1")}`;
}
