import { readFileSync } from "node:fs";
import { replacePage } from "../../library/replace-page.ts";
import { updateText } from "../../verify/update/update-text.ts";
import type { Verified } from "../../verify/verify.ts";

/** Where pages were written, and where they could not be. */
export interface UpdatedPlaces {
  updated: string[];
  refused: string[];
}

/** Writes what steps printed into the page's `output` fences and sessions. */
export async function updatePage({ runbook, result }: Verified): Promise<UpdatedPlaces> {
  const differs = result.outcome === "failed" ? (result.failure.differs ?? []) : [];
  const { file } = runbook;
  const before = readFileSync(file, "utf8");
  const { text, updated, refused } = await updateText(before, runbook, differs);
  if (text !== before) replacePage(file, text);
  const places = (lines: readonly number[]): string[] => lines.map((line) => `${file}:${line}`);
  return { updated: places(updated), refused: places(refused) };
}
