import { pageTimeMs, TooLongError, withinTime } from "../limits.ts";
import { Complaints } from "../model/complaints.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Page } from "../model/page.ts";
import { checkSecrets } from "./secrets.ts";
import { checkShell } from "./shell.ts";
import { checkShells } from "./shells/shells.ts";
import { checkSteps } from "./steps.ts";
import { checkVariables } from "./variables.ts";
import { checkVerification } from "./verification.ts";

/**
 * Diagnostics of a page beyond those of reading it (`page.diagnostics`): its shell, steps that
 * nothing proves or undoes, variables, values to prove it with. Where it requires others, the last two are
 * `checkLibrary`'s.
 */
export function checkPage(page: Page): Diagnostic[] {
  let complaints = new Complaints(page.file);
  try {
    withinTime(pageTimeMs, () => {
      complaints = new Complaints(page.file);
      check(page, complaints);
    });
  } catch (error) {
    // A page that breaks its own check must not keep other pages from being checked.
    const late = error instanceof TooLongError;
    const said = late ? `took longer than ${pageTimeMs / 1000} s` : `failed (${(error as Error).message})`;
    const start = { line: 1, column: 1 };
    complaints.add(late ? "page-too-large" : "page-unreadable", { start, end: start }, `The page's check ${said}.`, {
      hint: "Split the page, or make its shell simpler.",
    });
  }
  return complaints.sorted();
}

function check(page: Page, complaints: Complaints): void {
  checkShell(page, complaints);
  if (page.runbook) {
    checkSteps(page.runbook, complaints);
    if (page.runbook.requires.length === 0) {
      checkShells([page.runbook], complaints);
      checkVariables([page.runbook], complaints);
      checkSecrets([page.runbook], complaints);
      checkVerification([page.runbook], complaints);
    }
  }
}
