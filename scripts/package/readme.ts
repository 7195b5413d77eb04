/** The package's README: the page for those who use the runner on their own docs, without what only the site has. */
export function readmeOf(page: string): string {
  const [, title = "", body = ""] = /^---\n[\s\S]*?title: (.*)\n[\s\S]*?\n---\n([\s\S]*)$/.exec(page) ?? [];
  // The pages that it links to are not in the package.
  return `# ${title}\n${body.replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, "$1")}`;
}
