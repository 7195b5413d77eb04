import type { Complaints } from "../../model/complaints.ts";
import type { Runbook } from "../../model/runbook.ts";
import { checkKeptSecrets } from "./kept-secrets.ts";
import { checkOneShell } from "./one-shell.ts";
import { checkReadFunctions } from "./read-functions.ts";

/** Warns where the last of these runbooks relies on state that another shell of a target is not given. */
export function checkShells(order: readonly Runbook[], complaints: Complaints): void {
  checkOneShell(order, complaints);
  checkKeptSecrets(order, complaints);
  checkReadFunctions(order, complaints);
}
