import { RunbookError } from "../../errors/runbook-error.ts";
import { clean } from "../../terminal/clean.ts";
import type { Style } from "../../terminal/style.ts";
import { canAsk, type Io } from "../context.ts";
import { askLine } from "./prompt.ts";

/** A question that is answered by yes or no. */
export interface YesNo {
  text: string;
  hint?: string;
}

/** Asks on the terminal. Without a terminal it throws an error that names `--yes`. Only `y` and `yes` count as yes. */
export async function confirm(io: Io, question: YesNo, style: Style, signal?: AbortSignal): Promise<boolean> {
  if (!canAsk(io)) {
    throw new RunbookError("needs-yes", `${question.text} There is no terminal to ask on.`, {
      hint: "Give --yes to answer yes beforehand.",
    });
  }
  if (question.hint) io.err(`${clean(question.hint)}\n`);
  const terminal = { input: io.stdin, write: io.raw.err, ...(signal && { signal }) };
  for (;;) {
    const answer = (await askLine(terminal, { prompt: `${style("bold", clean(question.text))} [y/N] ` }))
      .trim()
      .toLowerCase();
    if (answer === "y" || answer === "yes") return true;
    if (answer === "" || answer === "n" || answer === "no") return false;
  }
}
