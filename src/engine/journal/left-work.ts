import type { LeftRecord } from "./record.ts";
import type { Store } from "./store.ts";

/** The background processes of steps, kept while their run goes on: a runner that is killed can no longer name them. */
export class LeftWork {
  readonly #store: Store;
  /** What was written last, by run and place: most steps leave nothing. */
  readonly #last = new Map<string, string>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Keeps the background processes at a place of a run: a target, or a service's own shell. */
  keep(run: string, place: string, work: readonly LeftRecord[]): void {
    const name = `${run} ${place}`;
    const text = JSON.stringify(work);
    if (text === (this.#last.get(name) ?? "[]")) return;
    this.#last.set(name, text);
    this.#store.afterwards(() => {
      this.#store.run(`DELETE FROM left_work WHERE run = ? AND place = ?`, run, place);
      for (const { key, command, service } of work) {
        this.#store.run(
          `INSERT INTO left_work (run, place, key, command, service) VALUES (?, ?, ?, ?, ?)`,
          ...[run, place, key, command, service ? 1 : 0],
        );
      }
    });
  }

  /** The background processes of a run, as of the last report, in order. */
  of(run: string): LeftRecord[] {
    return this.#store
      .all(`SELECT key, command, service FROM left_work WHERE run = ? ORDER BY "order"`, run)
      .map(({ key, command, service }) => ({ key: String(key), command: String(command), service: service === 1 }));
  }
}
