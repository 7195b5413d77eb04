import { quoteShell } from "../language/quote.ts";

/** How this program is started in a checkout, as every hint writes it. */
export const PROGRAM = "./runbook";

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*=)([\s\S]+)$/;

/** A command line that gives a program exactly these arguments; `NAME=value` stays readable. */
export function quoteLine(words: readonly string[]): string {
  return words
    .map((word) => {
      const [, name, value] = ASSIGNMENT.exec(word) ?? [];
      return name === undefined || value === undefined ? quoteShell(word) : name + quoteShell(value);
    })
    .join(" ");
}
