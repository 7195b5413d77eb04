import type { Commands } from "../runbook/commands.ts";

/** Where a page's text is served, below the front page's address: its file's place in content/. */
export function markdownName(file: string): string {
  return file.replace(/^content\//, "").replace(/\.mdx$/, ".md");
}

/** The line of a page at which the site shows the commands of another page. */
const STEP_COMMANDS = /^<StepCommands steps="([^"]+)" \/>$/gm;

/**
 * A page's text as it is served: as it is written, but for links to pages that are served under another name, and for the
 * commands of other pages, which stand in the place of the component that shows them.
 */
export async function markdownOf(text: string, commandsOf: (places: string) => Promise<Commands>): Promise<string> {
  const named = [...text.matchAll(STEP_COMMANDS)].map(([, places = ""]) => places);
  const fences = new Map(
    await Promise.all(named.map(async (places) => [places, fenceOf(await commandsOf(places))] as const)),
  );
  return text
    .replaceAll(/(\]\((?![a-z][a-z+.-]*:)[^)\s]*\.md)x(?=[)#\s])/g, "$1")
    .replaceAll(STEP_COMMANDS, (line, places: string) => fences.get(places) ?? line);
}

function fenceOf({ text, language, notRun }: Commands): string {
  const role = notRun === undefined ? "" : ` norun="${notRun}"`;
  return `\`\`\`${language}${role}\n${text}\n\`\`\``;
}
