import type { Complaints } from "../model/complaints.ts";
import type { Dialect } from "../model/dialect.ts";
import type { Span } from "../model/place.ts";
import { walk } from "./walk.ts";

const KINDS: Readonly<Record<string, string>> = {
  mdxjsEsm: "An import or export",
  mdxFlowExpression: "An expression",
  mdxTextExpression: "An expression",
};

/** Warns of a page's own code: it never runs here, so that a page can't depend on it. */
export function findMdxCode(tree: unknown, dialect: Dialect, complaints: Complaints): void {
  walk<unknown>(tree, (node) => {
    const { type, value = "", position } = node as { type: string; value?: string; position?: Span };
    const kind = KINDS[type];
    // Nothing but comments is how MDX writes a comment.
    // A page of Docusaurus has to import the components that it uses.
    if (dialect === "docusaurus" && /^(?:\s*import\s[^;\n]*;?\s*)+$/.test(value)) return;
    if (!kind || !position || value.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "").trim() === "") return;
    const { start, end } = position;
    const span = {
      start: { line: start.line, column: start.column },
      end: { line: end.line, column: end.column },
    };
    complaints.add("mdx-code", span, `${kind} is never evaluated when the page is run.`, {
      hint: "Write what it stands for, or take a component that the site supplies.",
    });
  });
}
