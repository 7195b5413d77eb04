import type { Complaints } from "../../model/complaints.ts";
import type { Fence, Runbook } from "../../model/runbook.ts";
import { spanInFence } from "../../read/fence/fence.ts";
import { readShell } from "../../shell/analyse.ts";

/** A definition of a function in any text, also in one that is written to a file. */
// Only at a word's start, or behind a `\\n` of printf: within a long word each character would be tried as one.
const DEFINITION = /\bfunction\s+([A-Za-z_][\w-]*)|(?:(?<![\w\\-])|(?<=\\[nt]))([A-Za-z_][\w-]*)[ \t]*\([ \t]*\)/g;

/**
 * Warns where a text on a declared target calls what is likely a function that an earlier step read by `.` or made by
 * `eval`: in a target without bash only functions that a step of the page defines carry to another shell. The host of a
 * run has bash.
 */
export function checkReadFunctions(order: readonly Runbook[], complaints: Complaints): void {
  const written = new Set(order.flatMap((runbook) => runbook.steps.flatMap(functionsWritten)));
  const readers = new Map<string, string>();
  const defined = new Map<string, Set<string>>();
  for (const runbook of order) {
    for (const step of runbook.steps) {
      const own = step.file ? undefined : readShell(step.fence.text);
      const complain = (fence: Fence, target: string): void => {
        const reader = readers.get(target);
        if (runbook !== order.at(-1) || reader === undefined || target === "host") return;
        complainOf(fence, reader, written, defined.get(target) ?? new Set(), complaints);
      };
      if (own) complain(step.fence, step.on);
      const has = defined.get(step.on) ?? new Set();
      defined.set(step.on, new Set([...has, ...(own?.functions ?? [])]));
      if (!own?.dynamic)
        for (const fence of [...step.when, ...step.guard, ...step.proof]) complain(fence, fence.on ?? step.on);
      if (own?.dynamic && !step.background) readers.set(step.on, step.id);
      for (const fence of step.undo) complain(fence, fence.on ?? step.on);
    }
  }
}

function complainOf(
  fence: Fence,
  reader: string,
  written: ReadonlySet<string>,
  defined: ReadonlySet<string>,
  complaints: Complaints,
): void {
  const { dynamic, functions, called } = readShell(fence.text);
  if (dynamic) return;
  for (const [name, pos] of called) {
    if (defined.has(name) || functions.has(name) || !isLikelyFunction(name, written)) continue;
    const message = `This may call a function that the step "${reader}" reads, and a shell without bash does not carry it.`;
    complaints.add("one-shell", spanInFence(fence, pos, pos + name.length), message, {
      hint: `Read the file in this text, too, or define ${name} in a step.`,
    });
  }
}

/** A text of the page defines it, or it is named as programs are not. */
function isLikelyFunction(name: string, written: ReadonlySet<string>): boolean {
  return written.has(name) || /^[A-Za-z]\w*_\w*$/.test(name);
}

function functionsWritten({ fence }: { fence: Fence }): string[] {
  return [...fence.text.matchAll(DEFINITION)].map(([, first, second]) => first ?? second ?? "");
}
