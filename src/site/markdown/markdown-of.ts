/** Where a page's text is served, below the front page's address: its file's place in content/. */
export function markdownName(file: string): string {
  return file.replace(/^content\//, "").replace(/\.mdx$/, ".md");
}

/** The line of a page at which the site shows the commands of steps. */
const STEP_COMMANDS = /^<StepCommands steps="([^"]+)" \/>$/gm;

/**
 * A page's text as it is served: as it is written, but for links to pages that are served under another name, and for the
 * commands of other pages' steps, which stand in the place of the component that shows them.
 */
export function markdownOf(text: string, commandsOf: (steps: string) => string): string {
  return text
    .replaceAll(/(\]\((?![a-z][a-z+.-]*:)[^)\s]*\.md)x(?=[)#\s])/g, "$1")
    .replaceAll(STEP_COMMANDS, (_, steps: string) => `\`\`\`sh\n${commandsOf(steps)}\n\`\`\``);
}
