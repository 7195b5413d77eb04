import type { Evidence } from "../../evidence/index.ts";
import type { Runbook } from "../../language/model/runbook.ts";

/** What the pages say and what proves it, as it was read once for a whole build. */
export interface ReadContent {
  /** The runbooks by their page's file, relative to the checkout. */
  runbooks: ReadonlyMap<string, Runbook>;
  evidence: readonly Evidence[];
}

// Pages are rendered by modules of their own, which Vite has made of these: nothing else is common to both.
const place = globalThis as { [key: symbol]: Promise<ReadContent> | undefined };
const key = Symbol.for("virtualization-notes:content");

/** Hands what is being read to the modules that render pages. */
export function shareContent(content: Promise<ReadContent>): void {
  place[key] = content;
}

/** What was handed on; undefined where each page is rendered from what its file says at that moment. */
export function sharedContent(): Promise<ReadContent> | undefined {
  return place[key];
}
