import { type Edit, lineEndOf } from "./edit.ts";

// As Markdown's frontmatter extension reads it: at the very start, the marks alone on their lines.
const YAML = /^\uFEFF?---[ \t]*(?:\r\n|\r|\n)(?:[\s\S]*?(?:\r\n|\r|\n))??(?=---[ \t]*(?:\r\n|\r|\n|$))/;
const TOML = /^\uFEFF?\+\+\+[ \t]*(?:\r\n|\r|\n)(?:[\s\S]*?(?:\r\n|\r|\n))??(?=\+\+\+[ \t]*(?:\r\n|\r|\n|$))/;

/** Words that are no text to YAML. */
const NO_TEXT = /^(?:null|true|false|yes|no|on|off|y|n|[0-9].*)$/;

/** Gives a page its `runbook:`: at the end of its frontmatter, or in one of its own. */
export function headerEdit(text: string, id: string): Edit {
  const end = lineEndOf(text);
  const start = text.startsWith("\uFEFF") ? 1 : 0;
  const toml = TOML.exec(text)?.[0];
  if (toml !== undefined) return insertion(toml.length, [`[runbook]`, `id = "${id}"`, ""].join(end));
  const lines = ["runbook:", `  id: ${NO_TEXT.test(id) ? `"${id}"` : id}`, ""].join(end);
  const yaml = YAML.exec(text)?.[0];
  if (yaml !== undefined) return insertion(yaml.length, lines);
  return insertion(start, `---${end}${lines}---${end}${end}`);
}

function insertion(at: number, text: string): Edit {
  return { from: at, to: at, text };
}
