/** What turns out of a step after it was written down, and how it is corrected; each takes the run and the step's key. */
export const corrections = {
  /** Its own commands were kept from beginning, so nothing of it is work. */
  notBegun: `UPDATE steps SET begun = NULL, recipe = NULL WHERE run = ? AND key = ?`,
  /** What it had left in the background ended with the run: it is not done any more. */
  workEnded: `UPDATE steps SET "end" = json_set("end", '$.workEnded', json('true')) WHERE run = ? AND key = ? AND "end" IS NOT NULL`,
} as const;

/** A correction, by its name. */
export type Correction = keyof typeof corrections;
