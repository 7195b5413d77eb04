import { didYouMean } from "../../../words/nearest.ts";
import type { Complaints } from "../../model/complaints.ts";
import { ID } from "../../model/names.ts";
import type { PageFence } from "../../model/page.ts";
import type { Attached, Fence, Step, Target } from "../../model/runbook.ts";
import { SESSION_LANGUAGES } from "../../model/vocabulary.ts";
import { checkContradictions } from "./contradictions.ts";
import { checkPath, durationOf, exitsOf, retryOf, setsOf, targetOf, textsOf, truthOf } from "./key-values.ts";
import { complainDoubts, readSession } from "./session.ts";
import { attributeOf, spanOf } from "./tagged.ts";

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
  for (const step of steps.values()) {
    const fence = fences.find(({ role, step: id }) => role === "step" && id === step.id);
    if (fence) checkContradictions(step, fence, complaints);
  }
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
  const session = SESSION_LANGUAGES.has(fence.language) && !file ? readSession(fence) : undefined;
  if (session) complainDoubts(fence, session, complaints);
  return {
    id,
    ...(title !== undefined && { title }),
    on: targetOf(fence, targets, complaints) ?? "host",
    fence: session?.commands ?? plain(fence),
    ...(session && { session: plain(fence) }),
    ...(path !== undefined && { file: { path, ...(mode !== undefined && { mode }) } }),
    when: [],
    guard: [],
    proof: [],
    undo: [],
    ...(timeoutMs !== undefined && { timeoutMs }),
    retry: retryOf(fence, complaints),
    sets: setsOf(fence, complaints),
    exits: exitsOf(fence, complaints),
    background: truthOf(fence, "background", complaints),
    reboot: truthOf(fence, "reboot", complaints),
    ...(session?.output && { output: session.output }),
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
  } else if (step.session) {
    complaints.add("contradiction", spanOf(fence, role), `The step "${id}" is a session, which shows what it prints.`, {
      hint: "Write all that it prints in the session, or make the step `sh`.",
    });
  } else if (step.output) {
    complaints.add("duplicate-output", spanOf(fence, role), `The step "${id}" has an output already.`, {
      hint: "Write all that it prints in one fence.",
    });
  } else step.output = plain(fence);
}

function isAttached(fence: PageFence): fence is AttachedFence {
  return fence.role !== undefined && fence.role !== "step" && fence.role !== "norun";
}

function plain({ language, text, span, lines }: Fence): Fence {
  return { language, text, span, lines };
}
