import type { Dialect } from "../model/dialect.ts";
import type { PageFence } from "../model/page.ts";
import { pageLines } from "../read/fence/fence.ts";
import { type Edit, offsetsIn } from "./edit.ts";

/** Makes a fence a step: its language where it has another, and `step="…"` behind it. */
export function tagEdit(
  text: string,
  fence: PageFence | undefined,
  language: string | undefined,
  step: string,
  dialect: Dialect,
): Edit[] {
  if (!fence || language === undefined) return [];
  const { line, column } = fence.span.start;
  const opening = (pageLines(text.replace(/^\uFEFF/, ""))[line - 1] ?? "").slice(column - 1);
  const [, marks = "", brace = "", word = ""] = /^((?:`{3,}|~{3,})[ \t]*)(\{[ \t]*\.)?([^\s}]*)/.exec(opening) ?? [];
  const offset = offsetsIn(text);
  const from = offset({ line, column }) + marks.length + brace.length;
  const tag = `${language} step="${step}"`;
  const to = from + word.length;
  if (dialect !== "mkdocs" || brace !== "") return [{ from, to, text: tag }];
  // MkDocs shows other keys than its own in braces only.
  const end = offset({ line, column }) + opening.trimEnd().length;
  return [
    { from, to, text: `{.${tag}` },
    { from: end, to: end, text: "}" },
  ];
}
