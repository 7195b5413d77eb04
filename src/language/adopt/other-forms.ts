import { SESSION_LANGUAGES, SHELL_LANGUAGES } from "../model/vocabulary.ts";
import { walk } from "../read/walk.ts";
import type { Node } from "./outline.ts";

/** A node that may show shell in a form of its documentation tool's own. */
interface ShowingNode extends Node {
  lang?: string | null;
  meta?: string | null;
  name?: string | null;
  attributes?: { name?: string; value?: unknown }[];
}

const DIRECTIVE = /^\{(code|code-block|sourcecode|code-cell|prompt|terminal)\}(?:[ \t]+(\S+))?/;
const SHORTCODE = /\{\{[<%]\s*highlight\s+["'`]?([\w-]+)/g;

/** Shell that a page shows without a fence of Markdown's own, each with why that can't be a step. */
export function otherForms(tree: unknown): { line: number; reason: string }[] {
  const found: { line: number; reason: string }[] = [];
  walk<ShowingNode>(tree as ShowingNode, (node) => {
    const { line = 1 } = node.position?.start ?? {};
    const add = (form: string): void => {
      found.push({
        line,
        reason: `${form} shows it, and only a fence can be a step: write \`\`\`sh or \`\`\`console.`,
      });
    };
    if (node.type === "code") {
      const [, name, language = name] = DIRECTIVE.exec([node.lang, node.meta].filter(Boolean).join(" ")) ?? [];
      if (name && isShell(language)) add(`The directive \`{${name}}\``);
    } else if (node.type === "text") {
      for (const [, language] of (node.value ?? "").matchAll(SHORTCODE)) {
        if (isShell(language)) add("The shortcode `highlight`");
      }
    } else if (/^mdxJsx(?:Flow|Text)Element$/.test(node.type) && node.name === "CodeBlock") {
      const language = node.attributes?.find(({ name }) => name === "language")?.value;
      if (typeof language === "string" && isShell(language)) add("The component `CodeBlock`");
    }
  });
  return found;
}

/** `prompt` and `terminal` are directives that show a terminal, whatever stands behind their name. */
function isShell(language: string | undefined): boolean {
  const small = language?.toLowerCase() ?? "";
  return SHELL_LANGUAGES.has(small) || SESSION_LANGUAGES.has(small) || /^(?:prompt|terminal|zsh|ksh)$/.test(small);
}
