import { RunbookError } from "../../errors/runbook-error.ts";
import type { Target } from "../../language/model/runbook.ts";

/** A target of a run, by what enters it: two runbooks that name the same command share its shell. */
export interface TargetKey {
  key: string;
  name: string;
  /** Absent for the host. */
  command?: string;
}

/** The host itself. */
export const hostTarget: TargetKey = { key: "host", name: "host" };

/** The target that a runbook knows by this name. Throws `wrong-page` where it declares none. */
export function targetOf(name: string, declared: readonly Target[]): TargetKey {
  if (name === "host") return hostTarget;
  const command = declared.find((target) => target.name === name)?.command;
  if (command === undefined) throw new RunbookError("wrong-page", `The runbook declares no target \`${name}\`.`);
  return { key: `${name}: ${command}`, name, command };
}
