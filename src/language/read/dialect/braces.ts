import type { Complaints } from "../../model/complaints.ts";
import type { PageFence } from "../../model/page.ts";
import type { CodeNode, RawFence } from "../fence/fence.ts";

/** A fence as it is read further, and what stands behind its language. */
export interface ReadInfo {
  raw: RawFence;
  meta: string;
}

const BRACES = /^\{[ \t]*(?:#[\w:-]+[ \t]+)*\.([\w-]+)(.*?)[ \t]*\}[ \t]*$/;

/**
 * Reads a fence's info string as MkDocs does: the language and keys of `{.sh step="…"}` stand in braces. MkDocs shows a fence
 * with other keys than its own outside of braces as text.
 */
export function readBraces(raw: RawFence, { lang, meta }: CodeNode): ReadInfo {
  const decoded = [lang, meta].filter(Boolean).join(" ");
  const [, language, rest = ""] = BRACES.exec(decoded) ?? [];
  const written = BRACES.exec(raw.info);
  if (language === undefined || !written) return { raw, meta: meta ?? "" };
  const offset = raw.info.indexOf(".") + 1;
  const { line, column } = raw.infoPlace;
  return {
    raw: {
      ...raw,
      language,
      info: `${written[1]}${written[2]}`,
      infoPlace: { line, column: column + offset },
    },
    meta: rest.trimStart(),
  };
}

/** Complains of a tagged fence that MkDocs would not show as one. */
export function checkBraces(
  fence: PageFence,
  { info, infoPlace }: RawFence,
  code: CodeNode,
  complaints: Complaints,
): void {
  if (fence.role === undefined || code.lang?.startsWith("{")) return;
  const { line, column } = infoPlace;
  const span = { start: infoPlace, end: { line, column: column + info.length } };
  complaints.add("lost-fence", span, "MkDocs shows a fence with these keys as text: there they stand in braces.", {
    hint: `Write \`{.${info}}\`.`,
    mend: /[{}]/.test(info) ? undefined : { span, text: `{.${info}}` },
  });
}
