import type { PlatformProof, RunbookState } from "../../evidence/index.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import type { GoalId } from "../data/goals.ts";

/** The state of a runbook as it is now, on all platforms. */
export interface RunbookProof {
  /** Of all platforms together, the one that says least for it. */
  state: RunbookState;
  /** By name; none where there is no evidence. */
  platforms: PlatformProof[];
}

/** A page that is a runbook. */
export interface RunbookPage {
  /** The page's id in the collection. */
  page: string;
  path: string;
  /** What the page says that it is for. */
  goal?: GoalId | undefined;
  runbook: Runbook;
  /** The runbook with all that it requires, itself last. */
  order: Runbook[];
  proof: RunbookProof;
}
