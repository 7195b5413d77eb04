import type { Complaints } from "../../model/complaints.ts";
import type { Attached, Fence, Runbook } from "../../model/runbook.ts";
import { spanInFence } from "../../read/fence/fence.ts";
import { readShell } from "../../shell/analyse.ts";
import { secretHolders } from "../../shell/secret-holders.ts";
import { mapByTarget } from "./by-target.ts";

/**
 * Warns where the last of these runbooks uses a variable in which an earlier step put a secret: no state that is kept has
 * it, so `resume` and `undo` run without it.
 */
export function checkKeptSecrets(order: readonly Runbook[], complaints: Complaints): void {
  const secrets = order.flatMap(({ params }) => params.filter(({ secret }) => secret).map(({ name }) => name));
  if (secrets.length === 0) return;
  const on = mapByTarget();
  for (const runbook of order) {
    const last = runbook === order.at(-1);
    for (const step of runbook.steps) {
      const held = on(step.on);
      const holding = new Set([...secrets, ...held.keys()]);
      const own = step.file ? undefined : secretHolders(step.fence.text, holding);
      const complain = (fence: Fence & Partial<Attached>, without: ReadonlySet<string> = new Set()): void => {
        if (last) complainOf(fence, on(fence.on ?? step.on), without, complaints);
      };
      if (own) complain(step.fence);
      const known = new Set([...(own?.holds ?? []), ...(own?.lets ?? [])]);
      for (const fence of [...step.when, ...step.guard, ...step.proof]) complain(fence, known);
      // A service has a shell of its own. A step with `sets` runs again where its values are not kept.
      if (own && !step.background) {
        for (const name of own.lets) held.delete(name);
        for (const name of own.holds) if (!step.sets.includes(name)) held.set(name, step.id);
      }
      for (const fence of step.undo) complain(fence);
    }
  }
}

function complainOf(
  fence: Fence,
  held: ReadonlyMap<string, string>,
  without: ReadonlySet<string>,
  complaints: Complaints,
): void {
  const seen = new Set<string>(without);
  const { references, assigned } = readShell(fence.text);
  for (const { name, pos, end } of references) {
    const setter = held.get(name);
    const isOwn = assigned.some((own) => own.name === name && own.pos < pos);
    if (setter === undefined || seen.has(name) || isOwn) continue;
    seen.add(name);
    const message = `The step "${setter}" puts a secret into ${name}, which is never kept: \`resume\` and \`undo\` do not have ${name}.`;
    complaints.add("one-shell", spanInFence(fence, pos, end), message, {
      hint: `Set ${name} in this text, too: the secret itself is asked for again.`,
    });
  }
}
