import { didYouMean } from "../../../words/nearest.ts";
import type { Complaints } from "../../model/complaints.ts";
import { parseDuration } from "../../model/duration.ts";
import { ID } from "../../model/names.ts";
import type { FenceAttribute, PageFence } from "../../model/page.ts";
import type { Attached, Fence, Step, Target } from "../../model/runbook.ts";
import { checkVariableName } from "../frontmatter/parameter.ts";
import { attributeOf } from "./tagged.ts";

type AttachedFence = PageFence & { role: Attached["role"] | "output" };

/** Makes the steps of a page from its fences, in page order, and hangs on them what belongs to them. */
export function readSteps(fences: readonly PageFence[], targets: readonly Target[], complaints: Complaints): Step[] {
  const steps = new Map<string, Step>();
  for (const fence of fences) {
    if (fence.role !== "step") continue;
    const step = readStep(fence, targets, complaints);
    const span = attributeOf(fence, "step")?.valueSpan ?? fence.span;
    const first = steps.get(step.id);
    // Without a value it is complained of already.
    if (!ID.test(step.id)) {
      if (attributeOf(fence, "step"))
        complaints.add("bad-id", span, `${JSON.stringify(step.id)} is no id.`, { hint: ID_HINT });
    } else if (first) {
      complaints.add(
        "duplicate-step",
        span,
        `The step "${step.id}" is on line ${first.fence.span.start.line} already.`,
        {
          hint: "Give each step an id of its own.",
        },
      );
    } else steps.set(step.id, step);
  }
  for (const fence of fences) if (isAttached(fence)) attach(fence, steps, targets, complaints);
  for (const step of steps.values()) checkWhole(step, fences, complaints);
  return [...steps.values()];
}

const ID_HINT = "An id has at most 63 lower-case letters, digits and hyphens, and no hyphen at its ends.";

function readStep(fence: PageFence, targets: readonly Target[], complaints: Complaints): Step {
  const { id = "", title, danger, keeps, mode } = { id: fence.step, ...textsOf(fence, complaints) };
  const file = attributeOf(fence, "file");
  const timeoutMs = durationOf(fence, "timeout", complaints);
  const path = file && checkPath(file, complaints);
  if (mode !== undefined && path === undefined) {
    complaints.add("misplaced-attribute", spanOf(fence, "mode"), "`mode` needs `file`.", { hint: "Write `file` too." });
  }
  const reboot = attributeOf(fence, "reboot");
  if (reboot) {
    complaints.add("not-supported", reboot.span, "`reboot` is not supported yet.", {
      hint: "Let the page end before the restart, and another runbook go on after it.",
    });
  }
  return {
    id,
    ...(title !== undefined && { title }),
    on: targetOf(fence, targets, complaints) ?? "host",
    fence: plain(fence),
    ...(path !== undefined && { file: { path, ...(mode !== undefined && { mode }) } }),
    when: [],
    guard: [],
    proof: [],
    undo: [],
    ...(timeoutMs !== undefined && { timeoutMs }),
    retry: retryOf(fence, complaints),
    sets: setsOf(fence, complaints),
    ...(danger !== undefined && { danger }),
    ...(keeps !== undefined && { keeps }),
  };
}

function attach(
  fence: AttachedFence,
  steps: Map<string, Step>,
  targets: readonly Target[],
  complaints: Complaints,
): void {
  const id = fence.step ?? "";
  const step = steps.get(id);
  const on = targetOf(fence, targets, complaints);
  const timeoutMs = durationOf(fence, "timeout", complaints);
  const withinMs = durationOf(fence, "within", complaints);
  if (!step) {
    complaints.add("dangling-step", spanOf(fence, fence.role), `The page has no step "${id}".`, {
      hint: didYouMean(id, steps.keys(), "Give it the id of a step of this page."),
    });
    return;
  }
  const { role } = fence;
  if (role !== "output") {
    step[role].push({
      ...plain(fence),
      role,
      ...(on !== undefined && { on }),
      ...(withinMs !== undefined && { withinMs }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
  } else if (step.output) {
    complaints.add("duplicate-output", spanOf(fence, role), `The step "${id}" has an output already.`, {
      hint: "Write all that it prints in one fence.",
    });
  } else step.output = plain(fence);
}

function checkWhole(step: Step, fences: readonly PageFence[], complaints: Complaints): void {
  const fence = fences.find((candidate) => candidate.role === "step" && candidate.step === step.id);
  if (!fence) return;
  const clash = (key: string, message: string, hint: string): void => {
    complaints.add("contradiction", spanOf(fence, key), message, { hint });
  };
  if (step.keeps !== undefined && step.undo.length > 0) {
    clash("keeps", `The step "${step.id}" keeps what it did, and has an undo.`, "Drop one of them.");
  }
  if (step.sets.length === 0) return;
  if (step.file) clash("sets", "A step that writes a file sets no variable.", "Make them two steps.");
  const [role] = (["guard", "undo"] as const).filter((key) => step[key].length > 0);
  if (role) {
    clash(
      "sets",
      `A step with \`sets\` only reads and runs every time, so it has no ${role}.`,
      `Drop the ${role}, or make it two steps.`,
    );
  }
}

function textsOf(
  fence: PageFence,
  complaints: Complaints,
): Partial<Record<"title" | "danger" | "keeps" | "mode", string>> {
  const texts: Partial<Record<"title" | "danger" | "keeps" | "mode", string>> = {};
  for (const key of ["title", "danger", "keeps", "mode"] as const) {
    const attribute = attributeOf(fence, key);
    if (!attribute) continue;
    const { value } = attribute;
    if (key === "mode" ? /^0?[0-7]{3,4}$/.test(value) : value.trim()) texts[key] = value;
    else {
      const hint = key === "mode" ? 'Write octal permission bits, such as `mode="0600"`.' : "Say it in a few words.";
      complaints.add("bad-attribute", attribute.span, `\`${key}\` has no usable value.`, { hint });
    }
  }
  return texts;
}

function targetOf(fence: PageFence, targets: readonly Target[], complaints: Complaints): string | undefined {
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

function durationOf(fence: PageFence, key: "timeout" | "within", complaints: Complaints): number | undefined {
  const attribute = attributeOf(fence, key);
  if (!attribute) return undefined;
  const duration = parseDuration(attribute.value);
  if (duration === undefined) complain(attribute, "is no duration", "Write `500ms`, `30s`, `5m` or `1h`.", complaints);
  return duration;
}

function retryOf(fence: PageFence, complaints: Complaints): number {
  const attribute = attributeOf(fence, "retry");
  if (!attribute) return 1;
  if (/^[1-9]\d?$/.test(attribute.value)) return Number(attribute.value);
  complain(attribute, "is no number of attempts", "Write a number from 1 to 99: the attempts in all.", complaints);
  return 1;
}

function setsOf(fence: PageFence, complaints: Complaints): string[] {
  const attribute = attributeOf(fence, "sets");
  if (!attribute) return [];
  const names = attribute.value.split(/[\s,]+/).filter(Boolean);
  if (names.length === 0) complain(attribute, "names no variable", "Write names with spaces between them.", complaints);
  return [...new Set(names)].filter((name) => checkVariableName(name, attribute.valueSpan, complaints));
}

function checkPath(attribute: FenceAttribute, complaints: Complaints): string {
  const { value } = attribute;
  if (!/^[/$]/.test(value) || value.endsWith("/") || value.split("/").includes("..")) {
    complain(attribute, "is no path of a file", "Write an absolute path without `..`.", complaints);
  }
  return value;
}

function complain({ value, span }: FenceAttribute, what: string, hint: string, complaints: Complaints): void {
  complaints.add("bad-attribute", span, `${JSON.stringify(value)} ${what}.`, { hint });
}

function isAttached(fence: PageFence): fence is AttachedFence {
  return fence.role !== undefined && fence.role !== "step" && fence.role !== "norun";
}

function spanOf(fence: PageFence, key: string): PageFence["span"] {
  return attributeOf(fence, key)?.span ?? fence.span;
}

function plain({ language, text, span, lines }: Fence): Fence {
  return { language, text, span, lines };
}
