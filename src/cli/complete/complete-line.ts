import { existsSync } from "node:fs";
import { join } from "node:path";
import { stateDir } from "../../engine/journal/state-dir.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import type { Io } from "../context.ts";
import { complete, type Sources } from "./complete.ts";

/** Prints the completions of the last word, a line each. Prints no error: a shell waits for the answer. */
export async function completeLine(words: readonly string[], contentDir: () => string, io: Io): Promise<void> {
  try {
    const { words: completions, paths } = await complete(
      words.slice(0, -1),
      words.at(-1) ?? "",
      sourcesOf(contentDir(), io),
    );
    const lines = [...(paths ? [`:${paths}`] : []), ...completions];
    io.out(lines.map((line) => `${line}\n`).join(""));
  } catch {
    // No pages, or no journal: nothing to offer.
  }
}

function sourcesOf(contentDir: string, io: Io): Sources {
  return {
    ids: async () => {
      const { findRunbooks } = await import("../../library/library.ts");
      return (await findRunbooks(contentDir)).map(({ id }) => id);
    },
    runbooks: async (id) => {
      const { loadRunbooks } = await import("../../library/library.ts");
      const { runbookOrder } = await import("../../language/meaning/order.ts");
      const { runbooks, pages } = await loadRunbooks(contentDir, id);
      const own: Runbook | undefined = runbooks.get(id) ?? pages[0]?.runbook;
      return own ? runbookOrder(runbooks, own.id) : [];
    },
    runs: async () => {
      const directory = stateDir(io.env);
      // Opening a journal would make one.
      if (!existsSync(join(directory, "journal.db"))) return [];
      const { Journal } = await import("../../engine/journal/journal.ts");
      const journal = Journal.open(directory);
      try {
        return journal.runs().map(({ id }) => id);
      } finally {
        journal.close();
      }
    },
  };
}
