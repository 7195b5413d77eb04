import type { RunbookPage } from "./runbook-page.ts";

/** A runbook's proof on one platform, as far as the matrix shows it. */
export interface MatrixCell {
  state: RunbookPage["proof"]["platforms"][number]["state"];
  date: string;
  durationMs: number;
  /** From 0 to 1, of the longest proof of all. */
  share: number;
  /** The name of its evidence file. */
  file: string;
}

/** Runbooks by platforms. */
export interface ProofMatrix {
  platforms: string[];
  /** Runbooks that are proved somewhere, each with a cell a platform; undefined where there is no evidence. */
  rows: { page: RunbookPage; cells: (MatrixCell | undefined)[] }[];
  /** Runbooks without any evidence. */
  others: RunbookPage[];
}

/** What is proved where. */
export function proofMatrix(pages: readonly RunbookPage[]): ProofMatrix {
  const all = pages.flatMap(({ proof }) => proof.platforms);
  const platforms = [...new Set(all.map(({ evidence }) => evidence.platform))].sort();
  const longest = Math.max(1, ...all.map(({ evidence }) => evidence.durationMs));
  const rows = pages
    .filter(({ proof }) => proof.platforms.length > 0)
    .map((page) => ({
      page,
      cells: platforms.map((platform) => {
        const found = page.proof.platforms.find(({ evidence }) => evidence.platform === platform);
        if (!found) return undefined;
        const { state, date, evidence } = found;
        const { durationMs, runbook } = evidence;
        return { state, date, durationMs, share: durationMs / longest, file: `${runbook}@${platform}.json` };
      }),
    }));
  return { platforms, rows, others: pages.filter(({ proof }) => proof.platforms.length === 0) };
}
