import { getCollection } from "astro:content";
import { readFileSync } from "node:fs";
import { readEvidenceFiles } from "../../evidence/files.ts";
import { compareEvidence, worstState } from "../../evidence/index.ts";
import { runbookOrder } from "../../language/meaning/order.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import { readPage } from "../../language/read/read-page.ts";
import { pagePath } from "../paths.ts";
import { sharedContent } from "./read-content.ts";
import type { RunbookPage } from "./runbook-page.ts";

let known: Promise<RunbookPage[]> | undefined;

/** All runbooks, by id. A build reads them once. */
export function runbookPages(): Promise<RunbookPage[]> {
  if (import.meta.env.DEV) return readPages();
  known ??= readPages();
  return known;
}

async function readPages(): Promise<RunbookPage[]> {
  const content = await sharedContent();
  const entries = (await getCollection("docs")).filter(({ data }) => data.runbook);
  const read = await Promise.all(
    entries.map(async ({ id, data, filePath: file = "" }) => {
      const runbook = content ? content.runbooks.get(file) : await readRunbook(file);
      return { page: id, path: pagePath(id), goal: data.goal, runbook };
    }),
  );
  const all = read.flatMap(({ runbook, ...rest }) => (runbook ? [{ runbook, ...rest }] : []));
  const runbooks = new Map(all.map(({ runbook }) => [runbook.id, runbook]));
  const evidence = content?.evidence ?? readEvidenceFiles("content").flatMap((one) => one.evidence ?? []);
  return all
    .map((page) => {
      const order = runbookOrder(runbooks, page.runbook.id);
      const own = evidence.filter(({ runbook }) => runbook === page.runbook.id);
      const platforms = own.map((one) => compareEvidence(order, one));
      return { ...page, order, proof: { state: worstState(platforms.map(({ state }) => state)), platforms } };
    })
    .toSorted((a, b) => a.runbook.id.localeCompare(b.runbook.id));
}

async function readRunbook(file: string): Promise<Runbook | undefined> {
  return (await readPage(readFileSync(file, "utf8"), { file })).runbook;
}
