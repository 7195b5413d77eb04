import { didYouMean, nearest } from "../../../words/nearest.ts";
import type { Complaints } from "../../model/complaints.ts";
import type { FenceAttribute, PageFence, Role } from "../../model/page.ts";
import { DISPLAY_KEYS, isRole, KEYS, ROLES, SESSION_LANGUAGES, SHELL_LANGUAGES } from "../../model/vocabulary.ts";
import type { RawFence } from "./fence.ts";
import { ROLE_PAIR } from "./lost-fences.ts";

/** The only language that a fence of a role can have; undefined where it may have another. */
function certainLanguage(fence: PageFence, role: Role): string | undefined {
  if (role === "output") return "text";
  const open = role === "norun" || fence.attributes.some(({ key }) => key === "file") || /^\s*[$#>] /m.test(fence.text);
  return open ? undefined : "sh";
}

/** An info string with each quoted value blanked, so that what a title says is not read as a key. */
function withoutValues(info: string): string {
  const values = /(?<=[\w-]=)(?:"[^"]*"|'[^']*')|(?<=\s)(?:"[^"]*"|'[^']*'|\/(?:\\.|[^/\\])+\/)(?!\S)/g;
  return info.replace(values, (value) => `"${" ".repeat(value.length - 2)}"`);
}

/** Complains of a fence without a role that looks as if it was meant to have one. `runbook`: whether its page is one. */
export function checkUntagged(fence: PageFence, raw: RawFence, runbook: boolean, complaints: Complaints): void {
  const key = /^([a-z]+)=/.exec(fence.language)?.[1];
  const start = raw.infoPlace;
  const span = { start, end: { line: start.line, column: start.column + fence.language.length } };
  if (key && isRole(key)) {
    const language = certainLanguage(fence, key);
    complaints.add("missing-language", span, `\`${key}\` stands where the fence's language should.`, {
      hint: `Write \`${language ?? "sh"} ${key}=…\`.`,
      mend: language === undefined ? undefined : { span: { start, end: start }, text: `${language} ` },
    });
    return;
  }
  const lost = ROLE_PAIR.exec(withoutValues(raw.info));
  if (lost) {
    const at = { line: start.line, column: start.column + lost.index };
    const place = { start: at, end: { line: at.line, column: at.column + lost[0].length } };
    complaints.add("lost-fence", place, "This looks like a fence's role, and is none as it is written.", {
      hint: `Write it behind the language and a blank, in small letters, without braces: \`sh ${lost[0].replace(/\s*=\s*/, "").toLowerCase()}="…"\`.`,
    });
    return;
  }
  if (!runbook) return;
  const ours = fence.attributes.find(isOurs);
  if (ours) {
    const message = `\`${ours.key}\` stands on a fence without a role, so it means nothing.`;
    complaints.add("lost-fence", ours.span, message, {
      hint: didYouMean(ours.key, ROLES, 'Give the fence its role, such as `step="…"`.'),
    });
    return;
  }
  if (!(SHELL_LANGUAGES.has(fence.language) || SESSION_LANGUAGES.has(fence.language))) return;
  complaints.add("untagged-shell", span, "This shell has no role: it neither runs nor says why not.", {
    hint: 'Write `step="…"`, or `norun="why"` for what is only shown.',
  });
}

/** A quoted key that only a tagged fence has, or one that is nearly a role's. */
function isOurs({ key, quote }: FenceAttribute): boolean {
  const quoted = quote === '"' || quote === "'";
  return quoted && !DISPLAY_KEYS.has(key) && (KEYS.has(key) || nearest(key, ROLES) !== undefined);
}
