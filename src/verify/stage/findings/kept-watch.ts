import type { Runbook } from "../../../language/model/runbook.ts";
import type { CleanHost } from "../../machine/clean-host.ts";
import { changesBetween, type Look, lookAt } from "../../residue/look.ts";
import type { KeptChanges } from "../../residue/residue.ts";

/** Looks at the host before and after each step that keeps its work, so that what it leaves is known to be its own. */
export class KeptWatch {
  readonly #host: CleanHost;
  readonly #runbook: Runbook;
  #open: { step: string; why: string; before: Look } | undefined;
  /** What each such step changed. */
  readonly changes: KeptChanges[] = [];

  constructor(host: CleanHost, runbook: Runbook) {
    this.#host = host;
    this.#runbook = runbook;
  }

  /** Called before each step that is about to run. */
  async beforeStep(key: string): Promise<void> {
    const keeper = this.#runbook.steps.find(
      ({ id, keeps }) => keeps !== undefined && key === `${this.#runbook.id}/${id}`,
    );
    if (!keeper && !this.#open) return;
    const now = await this.end();
    if (!keeper) return;
    // Nothing ran between two such steps, so one look serves both: in an emulated machine it takes minutes.
    const before = now ?? (await lookAt(this.#host, `before-${keeper.id}`));
    this.#open = { step: keeper.id, why: keeper.keeps ?? "", before };
  }

  /** The step that was watched has ended: gives how the host is now, where one was. */
  async end(): Promise<Look | undefined> {
    const open = this.#open;
    if (!open) return undefined;
    this.#open = undefined;
    const after = await lookAt(this.#host, `after-${open.step}`);
    this.changes.push({ step: open.step, why: open.why, changes: await changesBetween(open.before, after) });
    return after;
  }
}
