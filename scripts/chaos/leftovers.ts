import { Journal } from "../../src/engine/journal/journal.ts";
import type { Campaign } from "./campaign.ts";

/** The command lines of processes that the runs of this round left running. */
export async function leftovers({ ground, job }: Pick<Campaign, "ground" | "job">): Promise<string[]> {
  const journal = Journal.open(job.stateDir);
  try {
    return await ground.leftovers(journal.runs().map(({ id }) => id));
  } finally {
    journal.close();
  }
}
