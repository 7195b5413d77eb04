import type { Store } from "./store.ts";

/** Which runs to remove: those older than `days` that are not among the newest `count`. */
export interface Pruning {
  days?: number;
  count?: number;
  /** Also runs that an undo could still undo. */
  force?: boolean;
}

/** Removes runs with all that was kept for them; gives their ids. An unfinished run stays in any case. */
export function pruneRuns(store: Store, { days = 0, count = 0, force = false }: Pruning): string[] {
  const before = new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString();
  const removed = store.together(() => {
    const needed = neededRuns(store, force);
    const ids: string[] = [];
    for (const [index, row] of store.all(`SELECT id, started, resumes FROM runs ORDER BY "order" DESC`).entries()) {
      const kept = index < count || String(row.started) > before || needed.has(String(row.id));
      if (!kept) ids.push(String(row.id));
      // The runs that a resumed run goes on with are a part of it, and older.
      else if (row.resumes !== null) needed.add(String(row.resumes));
    }
    for (const id of ids) store.run(`DELETE FROM runs WHERE id = ?`, id);
    store.run(`DELETE FROM states WHERE hash NOT IN (SELECT state FROM kept_states)`);
    return ids;
  });
  if (removed.length > 0) store.shrink();
  return removed;
}

/**
 * Runs that have not ended, and, unless forced, runs with a step that changed something (a step
 * that `sets` only reads) and was not undone.
 */
function neededRuns(store: Store, force: boolean): Set<string> {
  const rows = store.all(
    `SELECT id FROM runs WHERE finished IS NULL AND swept = 0
     UNION
     SELECT steps.run FROM steps JOIN runs ON runs.id = steps.run
     WHERE NOT ? AND runs.kind = 'exec' AND steps.undone = 0
       AND steps.begun IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM sets WHERE sets.run = steps.run AND sets.key = steps.key)`,
    force ? 1 : 0,
  );
  return new Set(rows.map((row) => String(row.id)));
}
