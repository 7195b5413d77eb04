/** Corrections of a step's record, for what becomes known later; each statement takes the run and the step's key. */
export const corrections = {
  /** The step's own commands never began, so the step has no work to undo. */
  notBegun: `UPDATE steps SET begun = NULL, recipe = NULL WHERE run = ? AND key = ?`,
  /** The step's background processes ended with the run: the step is no longer done. */
  workEnded: `UPDATE steps SET "end" = json_set("end", '$.workEnded', json('true')) WHERE run = ? AND key = ? AND "end" IS NOT NULL`,
} as const;

/** A correction, by its name. */
export type Correction = keyof typeof corrections;
