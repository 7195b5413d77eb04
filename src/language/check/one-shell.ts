import type { Complaints } from "../model/complaints.ts";
import type { Fence, Runbook } from "../model/runbook.ts";
import { spanInFence } from "../read/fence/fence.ts";
import { readOneShell } from "../shell/one-shell.ts";

/**
 * Warns of what a step takes from another step's shell and what no other shell has: after a dead shell, for `resume` and
 * in every undo the shell is another one.
 */
export function checkOneShell({ steps }: Runbook, complaints: Complaints): void {
  const targets = new Map<string, Map<string, string>>();
  const madeOn = (target: string): Map<string, string> => {
    const made = targets.get(target) ?? new Map<string, string>();
    targets.set(target, made);
    return made;
  };
  for (const step of steps) {
    const own = step.file ? undefined : readOneShell(step.fence.text);
    const made = madeOn(step.on);
    if (own) complain(step.fence, made, complaints);
    for (const fence of [...step.when, ...step.guard, ...step.proof]) {
      complain(fence, madeOn(fence.on ?? step.on), complaints, own?.made);
    }
    // A service has a shell of its own.
    if (!step.background) for (const name of own?.made ?? []) made.set(name, step.id);
    for (const fence of step.undo) complain(fence, madeOn(fence.on ?? step.on), complaints);
  }
}

/** Complains of what a text uses that another step made; not of what its own step made, whose shell it has. */
function complain(
  fence: Fence,
  made: ReadonlyMap<string, string>,
  complaints: Complaints,
  own: ReadonlySet<string> = new Set(),
): void {
  for (const [name, { pos, end }] of readOneShell(fence.text).used) {
    const maker = made.get(name);
    if (maker === undefined || own.has(name)) continue;
    const line = fence.text.indexOf("\n", pos);
    const span = spanInFence(fence, pos, line < 0 ? end : Math.min(end, line));
    const message = `This takes ${name} from the shell of the step "${maker}", and another shell does not have it.`;
    complaints.add("one-shell", span, message, { hint: name === "a background job" ? JOB_HINT : HINT });
  }
}

const HINT =
  "For `resume`, in an undo and after a dead shell the shell is another one: make it here, or in one step with this.";
const JOB_HINT =
  'For `resume`, in an undo and after a dead shell the shell is another one: write `$!` to a file there, or make the job a service (`background="true"`).';
