import type { Complaints } from "../model/complaints.ts";
import type { Span } from "../model/place.ts";
import type { Attached, Fence, Runbook } from "../model/runbook.ts";
import { spanInFence } from "../read/fence/fence.ts";
import { type Reference, readShell } from "../shell/analyse.ts";
import { referredNames } from "../values/substitute.ts";

/** A name that a text refers to, and where. */
interface Use {
  name: string;
  span: Span;
}

/**
 * Warns where a runbook takes a value from one that it requires. A run has it; the script and the steps that a reader copies are of
 * one page alone.
 */
export function checkNotCopied(order: readonly Runbook[], complaints: Complaints): void {
  const runbook = order.at(-1);
  if (!runbook) return;
  const others = new Map<string, { id: string; isParameter: boolean }>();
  for (const { id, params, steps } of order.slice(0, -1)) {
    for (const { name } of params) others.set(name, { id, isParameter: true });
    for (const name of steps.flatMap(({ sets }) => sets)) others.set(name, { id, isParameter: false });
  }
  const own = new Set([...runbook.params.map(({ name }) => name), ...runbook.steps.flatMap(({ sets }) => sets)]);
  const told = new Set<string>();
  for (const { name, span } of usesOf(runbook)) {
    const other = others.get(name);
    if (!other || own.has(name) || told.has(name)) continue;
    told.add(name);
    complaints.add("not-copied", span, `${name} comes from "${other.id}": what is copied from this page lacks it.`, {
      hint: other.isParameter
        ? `Declare ${name} under \`params:\` here too, as it is there.`
        : `Work it out here, in a step with \`sets\`, under another name.`,
    });
  }
}

/** The names that a page's texts refer to, but for those that a text gives a value itself. An undo is never copied. */
function* usesOf({ steps, targets }: Runbook): Iterable<Use> {
  for (const step of steps) {
    if (step.file) {
      for (const name of [step.file.path, step.fence.text].flatMap(referredNames))
        yield { name, span: step.fence.span };
    } else yield* usesIn(step.fence);
    for (const fence of [...step.when, ...step.guard, ...step.proof]) yield* usesIn(fence);
  }
  for (const { command, span } of targets) {
    for (const { name } of neededBy(command)) yield { name, span };
  }
}

function* usesIn(fence: Fence | Attached): Iterable<Use> {
  for (const { name, pos, end } of neededBy(fence.text)) yield { name, span: spanInFence(fence, pos, end) };
}

/** The references whose value must come from outside of a shell text: it neither sets the name nor says what an unset one means. */
function neededBy(text: string): Reference[] {
  const { references, assigned, dynamic } = readShell(text);
  if (dynamic) return [];
  const here = new Set(assigned.map(({ name }) => name));
  return references.filter(({ name, guarded }) => !guarded && !here.has(name));
}
