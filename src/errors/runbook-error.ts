import { COMMAND_ERRORS, type CommandErrorCode } from "./codes.ts";

/** An error that stops a command before or beside a step, in people's words. */
export class RunbookError extends Error {
  readonly code: CommandErrorCode;
  /** The way out, in one sentence. */
  readonly hint: string | undefined;

  constructor(code: CommandErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "RunbookError";
    this.code = code;
    this.hint = options.hint;
  }

  /** What `runbook` exits with, by the table of codes. */
  get exitCode(): number {
    return COMMAND_ERRORS[this.code][0];
  }
}
