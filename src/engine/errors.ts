import type { Diagnostic } from "../language/diagnostic.ts";

/** What stops a command before or beside a step, in people's words. */
export class RunbookError extends Error {
  /** Stable, such as `unknown-runbook`, `missing-value`, `host-held`. */
  readonly code: string;
  /** What `runbook` exits with: 2 wrong use or page, 3 blocked or held, 1 else. */
  readonly exitCode: number;
  /** The way out, in one sentence. */
  readonly hint: string | undefined;
  /** The page's diagnostics, where the page is what is wrong. */
  readonly diagnostics: Diagnostic[];

  constructor(
    code: string,
    message: string,
    options: { exitCode?: number; hint?: string; cause?: unknown; diagnostics?: Diagnostic[] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "RunbookError";
    this.code = code;
    this.exitCode = options.exitCode ?? 2;
    this.hint = options.hint;
    this.diagnostics = options.diagnostics ?? [];
  }
}
