import type { CodeLens } from "vscode-languageserver/node.js";
import { rangeOf } from "./positions.ts";
import type { OpenPage } from "./workspace.ts";

/** The command of a lens: the editor types its one argument, a line, into a terminal. */
export const EXEC_COMMAND = "runbook.exec";

/** A line that runs the page, as it is typed in a terminal that stands where the server was started. */
export type ExecLine = (words: readonly string[]) => string;

/** The line that runs a page above its `runbook:`, and above each step the one that runs it up to there. */
export function lensesOf({ page }: OpenPage, name: string, lineOf: ExecLine): CodeLens[] {
  const { runbook, fences } = page;
  if (!runbook) return [];
  const lens = (span: typeof runbook.span, words: readonly string[]): CodeLens => {
    const line = lineOf(["exec", name, ...words]);
    return { range: rangeOf(span), command: { title: line, command: EXEC_COMMAND, arguments: [line] } };
  };
  const steps = fences.filter(({ role, step }) => role === "step" && step !== undefined);
  return [lens(runbook.span, []), ...steps.map(({ span, step = "" }) => lens(span, ["--until", step]))];
}
