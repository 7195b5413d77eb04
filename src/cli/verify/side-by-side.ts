/** How runbooks are proved side by side. */
export interface SideBySide {
  /** In the order in which they begin as far as they may. */
  ids: readonly string[];
  /** How many go on at once. */
  jobs: number;
  /** All that a runbook stands on, without itself. */
  requires: (id: string) => readonly string[];
  prove: (id: string) => Promise<void>;
}

/**
 * Proves runbooks, several at once. One that stands on another of them waits for that one, whose proof leaves the end state that it
 * starts from: else both would make it. Waits for all, so that each takes its host away, and then throws what the first failed with.
 */
export async function proveSideBySide({ ids, jobs, requires, prove }: SideBySide): Promise<void> {
  const waiting = [...ids];
  const running = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  while (waiting.length + running.size > 0) {
    const open = new Set([...waiting, ...running.keys()]);
    const next =
      running.size < jobs && failures.length === 0
        ? waiting.findIndex((id) => !requires(id).some((other) => open.has(other)))
        : -1;
    if (next >= 0) {
      const [id = ""] = waiting.splice(next, 1);
      const end = prove(id)
        .catch((error) => void failures.push(error))
        .finally(() => running.delete(id));
      running.set(id, end);
    } else if (running.size > 0) await Promise.race(running.values());
    else break;
  }
  if (failures.length > 0) throw failures[0];
}
