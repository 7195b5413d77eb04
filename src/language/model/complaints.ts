import { CODES, type DiagnosticCode } from "./codes.ts";
import type { Diagnostic, Mend } from "./diagnostic.ts";
import type { Span } from "./place.ts";

/** The parts of a complaint beside its message. */
export interface Help {
  hint?: string | undefined;
  mend?: Mend | undefined;
}

/** Collects the diagnostics of one page; the severity comes from the table of codes. */
export class Complaints {
  readonly file: string;
  readonly diagnostics: Diagnostic[] = [];

  constructor(file: string) {
    this.file = file;
  }

  add(code: DiagnosticCode, span: Span, message: string, help: Help = {}): Diagnostic {
    const { hint, mend } = help;
    const diagnostic: Diagnostic = {
      code,
      severity: CODES[code].severity,
      file: this.file,
      span,
      message,
      ...(hint !== undefined && { hint }),
      ...(mend !== undefined && { mend }),
    };
    this.diagnostics.push(diagnostic);
    return diagnostic;
  }

  /** In the order of the page, so that reports read from top to bottom. */
  sorted(): Diagnostic[] {
    return this.diagnostics.sort((a, b) => byPlace(a, b));
  }
}

/** Orders diagnostics by their place in the page, then by code. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  const [from, to] = [a.span.start, b.span.start];
  return from.line - to.line || from.column - to.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}
