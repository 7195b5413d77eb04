import type { HereDoc, SyntaxNode } from "unbash";
import { loadUnbash } from "../parsers.ts";
import { parseShell, readShell } from "./analyse.ts";

/** Whether a shell would run this text as it is, rather than ask for another line of it. */
export function isWholeCommand(text: string): boolean {
  return !/(?<!\\)(?:\\\\)*\\$/.test(text) && readShell(text).errors.length === 0;
}

/** What tells a line that may end the heredoc or quote in which a text stops; undefined where it stops in none. */
export function endOfOpenText(text: string): ((line: string) => boolean) | undefined {
  const quote = readShell(text).errors.find(({ message }) => message.startsWith("unterminated"))?.message;
  if (quote?.includes("single quote")) return (line) => line.includes("'");
  if (quote?.includes("double quote")) return (line) => line.includes('"');
  let open: HereDoc | undefined;
  const visit = (node: SyntaxNode): void => {
    if (node.type === "HereDoc" && !node.closing) open ??= node;
    loadUnbash().forEachChild(node, visit);
  };
  try {
    visit(parseShell(text));
  } catch {
    // Nested too deeply: its end is looked for line by line.
  }
  if (!open) return undefined;
  const { delimiter, operator } = open;
  return (line) => (operator === "<<-" ? line.replace(/^\t+/, "") : line) === (delimiter?.value ?? "");
}
