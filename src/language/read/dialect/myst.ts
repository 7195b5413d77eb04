import type { ContainerRule, Opened } from "./container.ts";

/** Directives whose content is no Markdown: code, data, mathematics, other markup. */
const LITERAL =
  /^(?:code(?:-block|-cell)?|sourcecode|literalinclude|highlight|parsed-literal|prompt|terminal|mermaid|graphviz|digraph|graph|plantuml|math|raw|eval-rst|csv-table|list-table-data|productionlist|doctest|testcode|testoutput|testsetup|testcleanup|toctree|tableofcontents|bibliography|include|image|substitution-code-block|autodoc|auto\w+|py:\w+|c:\w+|cpp:\w+|js:\w+|rst:\w+|bnf|yaml|option|program|contents|meta|embed|iframe)$/;

const OPENING = /^(`{3,}|~{3,}|:{3,})[ \t]*\{([^\s{}]+)\}[ \t]*(.*)$/;

/** Directives of MyST in fences of any marks, as far as they hold Markdown: notes, tabs, cards and the like. */
export const MYST: ContainerRule = { first: ["`", "~", ":"], opens };

function opens(line: string): Opened | undefined {
  const [, marks = "", name = "", rest = ""] = OPENING.exec(line) ?? [];
  if (marks === "" || LITERAL.test(name) || (marks.startsWith("`") && rest.includes("`"))) return undefined;
  const closing = new RegExp(`^${marks.charAt(0)}{${marks.length},}[ \\t]*$`);
  return { closes: (end) => closing.test(end) };
}
