import { escapeMarkup } from "../escape-markup.ts";

/** The markup of a command line that wraps between its words only: browsers break a line behind each hyphen and slash. */
export function lineWords(line: string): string {
  return line
    .split(" ")
    .map((word) => `<span class="word">${escapeMarkup(word)}</span>`)
    .join(" ");
}
