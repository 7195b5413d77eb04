import { Complaints } from "../model/complaints.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Page } from "../model/page.ts";
import { checkShell } from "./shell.ts";
import { checkSteps } from "./steps.ts";
import { checkVariables } from "./variables.ts";
import { checkVerification } from "./verification.ts";

/**
 * What is wrong with a page beyond what reading it found (`page.diagnostics`): its shell, steps that
 * nothing proves or undoes, variables, values to prove it with. Where it requires others, the last two are
 * `checkLibrary`'s.
 */
export function checkPage(page: Page): Diagnostic[] {
  const complaints = new Complaints(page.file);
  checkShell(page, complaints);
  if (page.runbook) {
    checkSteps(page.runbook, complaints);
    if (page.runbook.requires.length === 0) {
      checkVariables([page.runbook], complaints);
      checkVerification([page.runbook], complaints);
    }
  }
  return complaints.sorted();
}
