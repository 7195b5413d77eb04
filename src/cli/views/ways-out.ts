import type { CommandErrorCode } from "../../errors/codes.ts";

/** The command that leads out of an error, by the error's code. The code that throws the error knows no commands. */
export const WAYS_OUT: Readonly<Partial<Record<CommandErrorCode, string>>> = {
  "unknown-run": "`./runbook runs` lists them.",
  "unknown-step": "`./runbook show` lists the steps of a runbook.",
  "wrong-page": "Mend the page; `./runbook check` says when it is right.",
};
