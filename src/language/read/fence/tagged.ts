import { didYouMean, nearest } from "../../../words/nearest.ts";
import type { Complaints } from "../../model/complaints.ts";
import type { FenceAttribute, PageFence, Role } from "../../model/page.ts";
import {
  DISPLAY_KEYS,
  isRole,
  KEYS,
  MODIFIERS,
  ROLES,
  SESSION_LANGUAGES,
  SHELL_LANGUAGES,
} from "../../model/vocabulary.ts";
import type { RawFence } from "./fence.ts";
import { readAttributes } from "./info-string.ts";
import { checkUntagged } from "./untagged.ts";

/** Reads a fence's info string: its role, and what is wrong with its keys. `runbook`: whether its page is one. */
export function readTags(raw: RawFence, meta: string, runbook: boolean, complaints: Complaints): PageFence {
  const { language, text, span, lines } = raw;
  const attributes = readAttributes(meta, raw.info, raw.infoPlace);
  const fence: PageFence = { language, text, span, lines, attributes };
  const roles = attributes.filter((attribute) => isRole(attribute.key));
  const first = roles[0];
  if (!first) {
    checkUntagged(fence, raw, runbook, complaints);
    return fence;
  }
  fence.role = first.key as Role;
  for (const other of roles.slice(1)) {
    if (other.key === first.key) continue;
    complaints.add("two-roles", other.span, `A fence has one role, and this one is a ${first.key} already.`, {
      hint: `Give the ${other.key} a fence of its own.`,
    });
  }
  checkAttributes(fence, fence.role, complaints);
  checkText(fence, fence.role, raw, complaints);
  if (fence.role === "norun" && first.quote && !first.value.trim()) {
    complaints.add("bad-attribute", first.span, "`norun` gives no reason.", {
      hint: "Say in a few words why it is only shown.",
    });
  }
  if (fence.role === "norun") fence.reason = first.value;
  else fence.step = first.value;
  return fence;
}

/** The value of a fence's key, the first where it stands twice. */
export function attributeOf(fence: PageFence, key: string): FenceAttribute | undefined {
  return fence.attributes.find((attribute) => attribute.key === key && attribute.quote !== undefined);
}

/** The place of a fence's key; where it has none, the fence. */
export function spanOf(fence: PageFence, key: string): PageFence["span"] {
  return attributeOf(fence, key)?.span ?? fence.span;
}

function checkAttributes(fence: PageFence, role: Role, complaints: Complaints): void {
  const seen = new Set<string>();
  for (const attribute of fence.attributes) {
    const { key, quote, span } = attribute;
    const ours = KEYS.has(key) && !(DISPLAY_KEYS.has(key) && quote !== '"' && quote !== "'");
    if (!ours) {
      checkForeign(attribute, role, complaints);
      continue;
    }
    if (seen.has(key)) {
      complaints.add("duplicate-attribute", span, `\`${key}\` stands twice on this fence.`, {
        hint: "Keep one of them.",
      });
    }
    seen.add(key);
    if (quote === undefined || quote === "none") complainUnquoted(attribute, complaints);
    if (isRole(key) || DISPLAY_KEYS.has(key) || MODIFIERS[role].includes(key)) continue;
    complaints.add("misplaced-attribute", span, `A ${role} takes no \`${key}\`.`, { hint: whereTaken(key) });
  }
}

function complainUnquoted(attribute: FenceAttribute, complaints: Complaints): void {
  const { key, value, quote, span, valueSpan } = attribute;
  if (quote === undefined) {
    complaints.add("unquoted-value", span, `\`${key}\` needs a value.`, { hint: `Write \`${key}="…"\`.` });
    return;
  }
  const safe = /^[^\s"'\\&]+$/.test(value);
  complaints.add("unquoted-value", valueSpan, `The value of \`${key}\` must be quoted.`, {
    hint: `Write \`${key}=${JSON.stringify(value)}\`.`,
    mend: safe ? { span: valueSpan, text: `"${value}"` } : undefined,
  });
}

// Unquoted and bare words are other tools' (line ranges, flags); a quoted key that nobody knows is a slip.
function checkForeign({ key, quote, span }: FenceAttribute, role: Role, complaints: Complaints): void {
  if (quote === undefined || DISPLAY_KEYS.has(key)) return;
  const ours = [...ROLES, ...MODIFIERS[role]];
  if (quote === "none" && nearest(key, KEYS) === undefined) return;
  complaints.add("unknown-attribute", span, `\`${key}\` is no key of a fence.`, {
    hint: didYouMean(key, [...ours, ...KEYS], `A ${role} takes ${[role, ...MODIFIERS[role]].join(", ")}.`),
  });
}

function whereTaken(key: string): string {
  const takers = ROLES.filter((role) => MODIFIERS[role].includes(key));
  return `It belongs on a ${takers.join(", ").replace(/, (?=[^,]*$)/, " or ")}.`;
}

function checkText(fence: PageFence, role: Role, raw: RawFence, complaints: Complaints): void {
  const opening = {
    start: fence.span.start,
    end: { line: raw.infoPlace.line, column: raw.infoPlace.column + raw.info.length },
  };
  if (!raw.closed) {
    complaints.add("unclosed-fence", opening, "This fence never ends, so all that follows would belong to it.", {
      hint: "Close it with a line of the same marks.",
    });
  }
  const file = fence.attributes.some(({ key }) => key === "file");
  const session = SESSION_LANGUAGES.has(fence.language);
  if (session && role !== "step" && role !== "norun") {
    const shell = role === "output" ? "`text`" : "`sh`, without prompts";
    complaints.add("bad-session", opening, SESSION_ROLES[role], { hint: `Write it as ${shell}.` });
    return;
  }
  if (role === "norun" || role === "output" || (role === "step" && (file || session))) return;
  if (!SHELL_LANGUAGES.has(fence.language)) {
    const small = fence.language.toLowerCase();
    const capitals = SHELL_LANGUAGES.has(small) || SESSION_LANGUAGES.has(small);
    complaints.add("not-shell", opening, `A ${role} is shell, and this fence is ${fence.language}.`, {
      hint: capitals
        ? `Write \`${small}\`, in small letters.`
        : "Write `sh` as its language; a step in another language needs `file`.",
    });
  } else if (!/^\s*[^\s#]/m.test(fence.text)) {
    complaints.add("empty-fence", opening, `This ${role} has no command.`, { hint: "Write one, or remove the fence." });
  }
}

const SESSION_ROLES: Readonly<Record<Exclude<Role, "step" | "norun">, string>> = {
  output: "A session holds commands, too, and an output is only what a step prints.",
  when: "A session shows what it prints, and of a when only the exit status counts.",
  guard: "A session shows what it prints, and of a guard only the exit status counts.",
  proof: "A session shows what it prints, and of a proof only the exit status counts.",
  undo: "A session shows what it prints, and of an undo only the exit status counts.",
};
