import { Document, isMap, Scalar, visit } from "yaml";

/** What Jinja would take for its own. */
const JINJA = /\{[{%#]/;
/** Line breaks for YAML alone: written out, where a block would end its line there. */
const BREAKS = /[\u0085\u2028\u2029\ufeff\r]/;

/** A text of the page's: Ansible takes it as it is, whatever it holds. */
export function verbatim(text: string): Scalar {
  const scalar = new Scalar(text);
  if (JINJA.test(text)) scalar.tag = "!unsafe";
  if (text.includes("\n")) scalar.type = BREAKS.test(text) ? "QUOTE_DOUBLE" : "BLOCK_LITERAL";
  return scalar;
}

/** A list of maps or a map as a YAML file, after a comment. */
export function yamlFile(comment: string, content: unknown): string {
  const document = new Document(content, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(key, node) {
      // Words that other readers of YAML take for something else than text.
      if (typeof node.value !== "string" || key === "key" || node.type || node.tag) return;
      if (/^(?:y|n|yes|no|on|off|true|false|null|~|[-+.\d].*|0[xo].*)$/i.test(node.value)) node.type = "QUOTE_DOUBLE";
    },
    Seq(_key, node) {
      const words = node.items.map((item) => (item instanceof Scalar ? String(item.value) : "\n"));
      node.flow = /^.{0,80}$/.test(words.join(", "));
    },
  });
  if (!isMap(document.contents)) for (const item of listOf(document)) item.spaceBefore = true;
  const lines = comment.split("\n").map((line) => `# ${line}`.trimEnd());
  return `---\n${lines.join("\n")}\n\n${document.toString({ lineWidth: 0, flowCollectionPadding: false })}`;
}

function listOf(document: Document): { spaceBefore?: boolean }[] {
  const { items } = document.contents as unknown as { items: { spaceBefore?: boolean }[] };
  return items.slice(1);
}
