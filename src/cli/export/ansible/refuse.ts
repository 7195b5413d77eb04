import { RunbookError } from "../../../errors/runbook-error.ts";
import type { Runbook } from "../../../language/model/runbook.ts";
import { toPythonExpression } from "./python-expression.ts";

/** Names that mean something of their own in a playbook. */
const RESERVED = new Set(
  (
    "vars hostvars groups group_names inventory_hostname inventory_hostname_short inventory_dir inventory_file " +
    "play_hosts playbook_dir role_name role_names role_path omit environment hosts item lookup query q name tags serial"
  ).split(" "),
);
const RESERVED_PREFIX = /^(?:ansible|runbook)_/;

/** Throws `not-exportable` where a playbook can't mean what a page says. */
export function refuseWhatAnsibleLacks(runbooks: readonly Runbook[]): void {
  for (const { id, params, steps } of runbooks) {
    for (const { name, pattern } of params) {
      if (RESERVED.has(name) || RESERVED_PREFIX.test(name)) {
        refuse(`The value ${name} of ${id}: Ansible has a variable of that name.`, "Give it another name on its page.");
      }
      const translated = pattern === undefined ? undefined : toPythonExpression(pattern);
      if (translated && "problem" in translated) {
        const hint = "Write the pattern without it, or give the values by `enum`.";
        refuse(`The pattern of ${name} in ${id} has ${translated.problem}, which Python's don't mean alike.`, hint);
      }
    }
    for (const { id: step, sets, reboot, background } of steps) {
      for (const name of sets) {
        if (!RESERVED.has(name) && !RESERVED_PREFIX.test(name)) continue;
        refuse(`The step ${id}/${step} sets ${name}: Ansible has a variable of that name.`, "Rename it on its page.");
      }
      const hint = "Run the runbook with `exec --host`, or export those that it requires.";
      if (reboot) {
        refuse(`The step ${id}/${step} restarts the host: the shells of a play end with it, and their state.`, hint);
      }
      if (background) {
        refuse(`The step ${id}/${step} is a service that runs beside the others, and a play has no such task.`, hint);
      }
    }
  }
}

function refuse(message: string, hint: string): never {
  throw new RunbookError("not-exportable", message, { hint });
}
