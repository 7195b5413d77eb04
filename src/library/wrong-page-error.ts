import { RunbookError } from "../errors/runbook-error.ts";
import type { Diagnostic } from "../language/model/diagnostic.ts";

/** Pages that have errors, so that nothing of them runs. */
export class WrongPageError extends RunbookError {
  /** The errors, in the order in which they were found. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const message = diagnostics.length === 1 ? "The page has an error." : `There are ${diagnostics.length} errors.`;
    super("wrong-page", message);
    this.diagnostics = diagnostics;
  }
}
