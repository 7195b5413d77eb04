import { Journal } from "../engine/journal/journal.ts";
import type { Context } from "./context.ts";

/** Opens the journal, and closes it whatever happens. */
export async function withJournal<T>(
  { stateDir }: Pick<Context, "stateDir">,
  use: (journal: Journal) => T | Promise<T>,
): Promise<T> {
  const journal = Journal.open(stateDir);
  try {
    return await use(journal);
  } finally {
    journal.close();
  }
}
