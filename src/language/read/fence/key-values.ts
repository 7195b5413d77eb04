import { cleanTitle } from "../../../terminal/clean.ts";
import { parseDuration } from "../../../words/duration.ts";
import { didYouMean } from "../../../words/nearest.ts";
import type { Complaints } from "../../model/complaints.ts";
import type { FenceAttribute, PageFence } from "../../model/page.ts";
import type { Target } from "../../model/runbook.ts";
import { checkVariableName } from "../frontmatter/parameter.ts";
import { attributeOf } from "./tagged.ts";

// What the values of a fence's keys mean; each complains of a value that its rule refuses.

type Texts = Partial<Record<"title" | "danger" | "keeps" | "mode", string>>;

/** Texts for people, and a file's mode. */
export function textsOf(fence: PageFence, complaints: Complaints): Texts {
  const texts: Texts = {};
  for (const key of ["title", "danger", "keeps", "mode"] as const) {
    const attribute = attributeOf(fence, key);
    if (!attribute) continue;
    const value = cleanTitle(attribute.value);
    if (key === "mode" ? /^0?[0-7]{3,4}$/.test(value) : value) texts[key] = value;
    else {
      const hint = key === "mode" ? 'Write octal permission bits, such as `mode="0600"`.' : "Say it in a few words.";
      complaints.add("bad-attribute", attribute.span, `\`${key}\` has no usable value.`, { hint });
    }
  }
  return texts;
}

/** The target that a fence names; undefined where it names none. */
export function targetOf(fence: PageFence, targets: readonly Target[], complaints: Complaints): string | undefined {
  const on = attributeOf(fence, "on");
  if (!on) return undefined;
  const names = ["host", ...targets.map(({ name }) => name)];
  if (!names.includes(on.value)) {
    complaints.add("unknown-target", on.valueSpan, `The page declares no target "${on.value}".`, {
      hint: didYouMean(on.value, names, "Declare it under `targets:` in the frontmatter."),
    });
  }
  return on.value;
}

/** Milliseconds; undefined where the fence says nothing, or no duration. */
export function durationOf(fence: PageFence, key: "timeout" | "within", complaints: Complaints): number | undefined {
  const attribute = attributeOf(fence, key);
  if (!attribute) return undefined;
  const duration = parseDuration(attribute.value);
  if (duration === undefined) complain(attribute, "is no duration", "Write `500ms`, `30s`, `5m` or `1h`.", complaints);
  return duration;
}

/** Attempts in all. */
export function retryOf(fence: PageFence, complaints: Complaints): number {
  const attribute = attributeOf(fence, "retry");
  if (!attribute) return 1;
  if (/^[1-9]\d?$/.test(attribute.value)) return Number(attribute.value);
  complain(attribute, "is no number of attempts", "Write a number from 1 to 99: the attempts in all.", complaints);
  return 1;
}

/** Names of variables, each once. */
export function setsOf(fence: PageFence, complaints: Complaints): string[] {
  const attribute = attributeOf(fence, "sets");
  if (!attribute) return [];
  const names = attribute.value.split(/[\s,]+/).filter(Boolean);
  if (names.length === 0) complain(attribute, "names no variable", "Write names with spaces between them.", complaints);
  return [...new Set(names)].filter((name) => checkVariableName(name, attribute.valueSpan, complaints));
}

/** The path of the file that a step writes. */
export function checkPath(attribute: FenceAttribute, complaints: Complaints): string {
  const { value } = attribute;
  if (!/^[/$]/.test(value) || value.endsWith("/") || value.split("/").includes("..")) {
    complain(attribute, "is no path of a file", "Write an absolute path without `..`.", complaints);
  }
  return value;
}

function complain({ value, span }: FenceAttribute, what: string, hint: string, complaints: Complaints): void {
  complaints.add("bad-attribute", span, `${JSON.stringify(value)} ${what}.`, { hint });
}

/** Exit statuses, each once; `[0]` where the fence names none. */
export function exitsOf(fence: PageFence, complaints: Complaints): number[] {
  const attribute = attributeOf(fence, "exits");
  if (!attribute) return [0];
  const words = attribute.value.split(/[\s,]+/).filter(Boolean);
  if (words.length > 0 && words.every((word) => /^(?:0|[1-9]\d{0,2})$/.test(word) && Number(word) < 256))
    return [...new Set(words.map(Number))];
  complain(
    attribute,
    "is no list of exit statuses",
    "Write numbers from 0 to 255 with spaces between them.",
    complaints,
  );
  return [0];
}

/** A key that is `true` or `false`; false where it is absent. */
export function truthOf(fence: PageFence, key: "background" | "reboot", complaints: Complaints): boolean {
  const attribute = attributeOf(fence, key);
  if (!attribute || attribute.value === "false") return false;
  if (attribute.value !== "true") {
    complain(attribute, "is neither true nor false", `Write \`${key}="true"\`, or leave it out.`, complaints);
    return false;
  }
  return true;
}
