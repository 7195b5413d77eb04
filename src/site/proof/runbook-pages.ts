import { getCollection } from "astro:content";
import { readFileSync } from "node:fs";
import { readEvidenceFiles } from "../../evidence/files.ts";
import { compareEvidence, type PlatformProof, type RunbookState, worstState } from "../../evidence/index.ts";
import { runbookOrder } from "../../language/meaning/order.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import { readPage } from "../../language/read/read-page.ts";
import { pagePath } from "../paths.ts";

/** What evidence says of a runbook as it is now, on all platforms. */
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
  runbook: Runbook;
  /** The runbook with all that it requires, itself last. */
  order: Runbook[];
  proof: RunbookProof;
}

let known: Promise<RunbookPage[]> | undefined;

/** All runbooks, by id. A build reads them once. */
export function runbookPages(): Promise<RunbookPage[]> {
  if (import.meta.env.DEV) return readPages();
  known ??= readPages();
  return known;
}

async function readPages(): Promise<RunbookPage[]> {
  const entries = (await getCollection("docs")).filter(({ data }) => data.runbook);
  const read = await Promise.all(
    entries.map(async ({ id, filePath: file = "" }) => {
      const { runbook } = await readPage(readFileSync(file, "utf8"), { file });
      return { page: id, path: pagePath(id), runbook };
    }),
  );
  const all = read.flatMap(({ runbook, ...rest }) => (runbook ? [{ runbook, ...rest }] : []));
  const runbooks = new Map(all.map(({ runbook }) => [runbook.id, runbook]));
  const evidence = readEvidenceFiles("content").flatMap((one) => one.evidence ?? []);
  return all
    .map((page) => {
      const order = runbookOrder(runbooks, page.runbook.id);
      const own = evidence.filter(({ runbook }) => runbook === page.runbook.id);
      const platforms = own.map((one) => compareEvidence(order, one));
      return { ...page, order, proof: { state: worstState(platforms.map(({ state }) => state)), platforms } };
    })
    .toSorted((a, b) => a.runbook.id.localeCompare(b.runbook.id));
}
