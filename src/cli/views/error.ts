import { FEW_DESCRIPTORS_HINT, isFewDescriptors } from "../../errors/few-descriptors.ts";
import { RunbookError } from "../../errors/runbook-error.ts";
import { WrongPageError } from "../../library/wrong-page-error.ts";
import { clean } from "../../terminal/clean.ts";
import { styleFor } from "../../terminal/style.ts";
import { wrap } from "../../terminal/width.ts";
import type { Io } from "../context.ts";
import { asInstalled } from "../line/command-line.ts";
import { WAYS_OUT } from "./ways-out.ts";

/** Prints what stopped a command, and says with what to exit. */
export async function reportError(error: unknown, io: Io, verbose: boolean): Promise<number> {
  if (isFewDescriptors(error)) {
    const message = "This process may not open more files at once.";
    return await reportError(new RunbookError("few-descriptors", message, { hint: FEW_DESCRIPTORS_HINT }), io, verbose);
  }
  if (!(error instanceof RunbookError)) return reportFault(error, io, verbose);
  if (error.code === "interrupted") return 130;
  if (error.exitCode === 0) {
    io.err(`${clean(error.message)}\n`);
    return 0;
  }
  const style = styleFor(Boolean(io.stderr.isTTY), io.env);
  if (error instanceof WrongPageError) {
    const { diagnosticsText } = await import("./diagnostics.ts");
    io.err(diagnosticsText(error.diagnostics, { style, columns: io.stderr.columns || 100 }));
  }
  const lines = [`${style("red", `error[${error.code}]`)} ${style("bold", clean(error.message))}`];
  const hint = error.hint ?? WAYS_OUT[error.code];
  if (hint) {
    const [head = "", ...rest] = hintLines(
      asInstalled(hint),
      Math.min(100, Math.max(40, io.stderr.columns || 100)) - 4,
    );
    lines.push(`  ${style("blue", "=")} ${head}`, ...rest.map((line) => `    ${line}`));
  }
  if (verbose && error.cause !== undefined) lines.push(`  cause: ${causeText(error.cause)}`);
  io.err(`${lines.join("\n")}\n`);
  return error.exitCode;
}

/** A command line in a hint stays on one line, to be copied. */
function hintLines(hint: string, columns: number): string[] {
  return clean(hint)
    .split("\n")
    .flatMap((line) => (line.includes("./runbook") ? [line] : wrap(line, columns)));
}

function causeText(cause: unknown): string {
  return clean(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
}

/** A bug in the runner: prints what a report of it needs, without any value that was given. */
function reportFault(error: unknown, io: Io, verbose: boolean): number {
  const message = error instanceof Error ? error.message : String(error);
  io.err(`error[fault] runbook itself went wrong: ${clean(message)}\n`);
  if (verbose) io.err(`${causeText(error)}\n`);
  else io.err("  = `--verbose` shows where.\n");
  return 1;
}
