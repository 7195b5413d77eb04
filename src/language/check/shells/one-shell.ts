import type { Complaints } from "../../model/complaints.ts";
import type { Fence, Runbook, Step } from "../../model/runbook.ts";
import { spanInFence } from "../../read/fence/fence.ts";
import { asksForeignStatus } from "../../shell/last-status.ts";
import { readOneShell } from "../../shell/one-shell.ts";
import { mapByTarget } from "./by-target.ts";

/**
 * Warns of what a step takes from another step's shell and what no other shell has: after a dead shell, for `resume` and
 * in every undo the shell is another one.
 */
export function checkOneShell(order: readonly Runbook[], complaints: Complaints): void {
  const madeOn = mapByTarget();
  for (const runbook of order) {
    // Of runbooks that are required, only what they make counts: their own pages are checked by themselves.
    const own = runbook === order.at(-1) ? complaints : undefined;
    for (const step of runbook.steps) checkStep(step, madeOn, own);
  }
}

function checkStep(step: Step, madeOn: (target: string) => Map<string, string>, complaints?: Complaints): void {
  const own = step.file ? undefined : readOneShell(step.fence.text);
  const made = madeOn(step.on);
  if (complaints) {
    if (own) complain(step.fence, made, complaints);
    for (const fence of [...step.when, ...step.guard, ...step.proof])
      complain(fence, madeOn(fence.on ?? step.on), complaints, own?.made);
  }
  // A service has a shell of its own.
  if (!step.background) for (const name of own?.made ?? []) made.set(name, step.id);
  if (complaints) for (const fence of step.undo) complain(fence, madeOn(fence.on ?? step.on), complaints);
}

/** Complains of what a text uses that another step made; not of what its own step made, whose shell it has. */
function complain(
  fence: Fence,
  made: ReadonlyMap<string, string>,
  complaints: Complaints,
  own: ReadonlySet<string> = new Set(),
): void {
  const asked = asksForeignStatus(fence.text);
  if (asked) {
    const message = `\`${asked.name === "PIPESTATUS" ? asked.name : `$${asked.name}`}\` tells nothing of a command of another text: each text begins anew.`;
    complaints.add("one-shell", spanInFence(fence, asked.pos, asked.end), message, { hint: STATUS_HINT });
  }
  for (const [name, { pos, end }] of readOneShell(fence.text).used) {
    const maker = made.get(name);
    if (maker === undefined || own.has(name)) continue;
    const line = fence.text.indexOf("\n", pos);
    const span = spanInFence(fence, pos, line < 0 ? end : Math.min(end, line));
    const message = `This takes ${name} from the shell of the step "${maker}", and another shell does not have it.`;
    complaints.add("one-shell", span, message, { hint: name === "a background job" ? JOB_HINT : HINT });
  }
}

const STATUS_HINT =
  "Ask in the text that runs the command, or keep the status there: `command || status=$?`. Failures that are meant have `exits`.";
const HINT =
  "For `resume`, in an undo and after a dead shell the shell is another one: make it here, or in one step with this.";
const JOB_HINT =
  'For `resume`, in an undo and after a dead shell the shell is another one: write `$!` to a file there, or make the job a service (`background="true"`).';
