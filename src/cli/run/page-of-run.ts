import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { journalError } from "../../engine/journal/errors.ts";
import type { Context } from "../context.ts";

/**
 * The journal knows a run's runbook by its id. A page that was given by its path may lie where no id leads,
 * so its path is kept beside the journal.
 */
export function rememberPage({ stateDir, io }: Context, run: string, page: string): void {
  const file = join(stateDir, "pages", run);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, resolve(io.cwd, page), { mode: 0o600 });
  } catch (error) {
    throw journalError(error, file);
  }
}

/** The path of the page that a run was started with, where it was one. */
export function recallPage({ stateDir }: Context, run: string): string | undefined {
  try {
    return readFileSync(join(stateDir, "pages", run), "utf8");
  } catch {
    return undefined;
  }
}

/** Forgets the pages of runs that the journal has forgotten. */
export function forgetPages({ stateDir }: Context, runs: readonly string[]): void {
  for (const run of runs) rmSync(join(stateDir, "pages", run), { force: true });
}
