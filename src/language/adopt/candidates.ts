import type { PageFence } from "../model/page.ts";
import { SESSION_LANGUAGES, SHELL_LANGUAGES } from "../model/vocabulary.ts";

/** The result for a fence: its language as a step, or why it can't be a step. */
export type Verdict = { language: string } | { reason: string } | "none";

/** Languages that mean shell or a session to other tools, and the language that a step has instead. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["zsh", "sh"],
  ["ksh", "sh"],
  ["terminal", "console"],
  ["sh-session", "console"],
  ["bash-session", "console"],
  ["pycon", ""],
]);

const PROMPT = /^\s*[$#] \S/;
const COMMAND_PROMPT = /^\s*\$ \S/m;

/** Judges a fence that has no role yet. What is no shell by its language is not looked at. */
export function judge({ language, text, role }: PageFence): Verdict {
  if (role !== undefined) return "none";
  const small = language.toLowerCase();
  const shell = SHELL_LANGUAGES.has(small);
  const session = SESSION_LANGUAGES.has(small);
  const alias = ALIASES.get(small);
  if (alias === "") return "none";
  if (alias !== undefined)
    return { reason: `\`${language}\` is no language of a step: write \`${alias}\` if bash can run it.` };
  if (language === "") return COMMAND_PROMPT.test(text) ? judgeText("console", text) : { reason: NO_LANGUAGE };
  if (/^(?:\{\.?|)(?:sh|bash|shell|console)\b/i.test(language) && !shell && !session) {
    return {
      reason: `Its language is written \`${language}\`: a step has \`sh\` or \`console\`, and a blank behind it.`,
    };
  }
  if (!(shell || session)) return "none";
  // A prompt before the first command says that the fence shows a terminal, whatever its language is.
  const prompted = PROMPT.test(text.split("\n").find((line) => line.trim() !== "") ?? "") && COMMAND_PROMPT.test(text);
  if (shell && prompted) return judgeText("console", text);
  return judgeText(small === language ? language : small, text);
}

const NO_LANGUAGE = "It has no language: write `sh` where it is shell, or `console` where it shows a terminal.";

/** A placeholder that a reader is meant to replace would run as it stands. */
function judgeText(language: string, text: string): Verdict {
  const shown = language === "console" ? text.split("\n").filter((line) => /^[$#>] /.test(line)) : text.split("\n");
  for (const line of shown) {
    if (/^\s*#(?! )/.test(line)) continue;
    const placeholder = PLACEHOLDER.exec(line)?.[0];
    if (placeholder)
      return { reason: `\`${placeholder}\` stands for something else: make it a parameter, such as \`$NAME\`.` };
    if (/^\s*(?:\.\.\.|…)\s*$/.test(line)) return { reason: "`…` stands for something that is left out." };
  }
  return { language };
}

/** `<name>` is a redirection to a shell, `[OPTIONS]` a pattern, and `{{ name }}` a word of braces. */
const PLACEHOLDER = /<[A-Za-z][\w .:-]*>(?!&)|\[[A-Z][A-Z_ .-]+\](?!\])|\{\{[-<%]?\s[^}]*\}\}|\bYOUR[-_][A-Z_-]+\b/;
