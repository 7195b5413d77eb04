import type { Journal } from "../journal/journal.ts";
import { lineage } from "../plan/lineage.ts";
import type { UndoItem } from "../plan/undo/undo-plan.ts";
import type { UndoSource } from "../step/undo-step.ts";
import type { TargetKey } from "../target/target-key.ts";

/** Finds in the journal what the undo of a step starts from. */
export class UndoSources {
  readonly #journal: Journal;
  #firstLine: string | undefined;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** The source of a step that a run began. */
  of({ key }: Pick<UndoItem, "key">, run: string): UndoSource & Required<Pick<UndoSource, "start">> {
    const journal = this.#journal;
    const line = lineage(journal, journal.run(run)).map(({ id }) => id);
    const kind = journal.work(run).find((work) => work.key === key)?.recipe?.shell;
    const shells = this.#shellsOf(line.at(-1) ?? run);
    return {
      saved: journal.savedFile(run, key),
      start: (target) => {
        const state = journal.stateAt(line, key, target.key);
        if (state === undefined) return { target: { ...target, key: `${shells(target)}, as it starts` } };
        return { target: { ...target, key: shells(target) }, state, ...(kind === undefined ? {} : { kind }) };
      },
    };
  }

  /**
   * The same beside a run that goes on: in shells of its own, since those of the run have what later steps left, which an
   * undo could take for what is to be taken away.
   */
  beside(key: string, run: string): UndoSource {
    const { saved, start } = this.of({ key }, run);
    return {
      saved,
      start: (to) => {
        const { target, ...from } = start(to);
        return { ...from, target: { ...target, key: `${target.key}, to undo ${key}` }, beside: true };
      },
    };
  }

  /** Runs of different lines had other values: a target's command that names these enters another place. */
  #shellsOf(root: string): (target: TargetKey) => string {
    this.#firstLine ??= root;
    const own = this.#firstLine === root ? "" : ` of ${root}`;
    return ({ key, command }) => (command === undefined ? key : `${key}${own}`);
  }
}
