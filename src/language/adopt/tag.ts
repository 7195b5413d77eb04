import type { PageFence } from "../model/page.ts";
import { pageLines } from "../read/fence/fence.ts";
import { type Edit, offsetsIn } from "./edit.ts";

/** Makes a fence a step: its language where it has another, and `step="…"` behind it. */
export function tagEdit(
  text: string,
  fence: PageFence | undefined,
  language: string | undefined,
  step: string,
): Edit[] {
  if (!fence || language === undefined) return [];
  const { line, column } = fence.span.start;
  const opening = (pageLines(text.replace(/^\uFEFF/, ""))[line - 1] ?? "").slice(column - 1);
  const [, marks = "", word = ""] = /^((?:`{3,}|~{3,})[ \t]*)(\S*)/.exec(opening) ?? [];
  const from = offsetsIn(text)({ line, column }) + marks.length;
  return [{ from, to: from + word.length, text: `${language} step="${step}"` }];
}
