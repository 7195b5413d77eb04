import { headingsOf } from "../../language/adopt/outline.ts";
import type { PageFence } from "../../language/model/page.ts";
import { parsePage, readPage } from "../../language/read/read-page.ts";
import { anchorOf, besideSteps } from "../markdown/links/headings.ts";

/** What stands below a heading, up to the next one. */
export interface NorunSection {
  /** The heading's words. */
  title: string;
  /** The fences that are shown and never run. */
  fences: readonly PageFence[];
}

/** A page's sections by the anchors of their headings. Of two headings with the same words the first has the anchor. */
export async function norunSections(text: string, file: string): Promise<ReadonlyMap<string, NorunSection>> {
  const headings = headingsOf(await parsePage(text, { file }));
  const { fences, runbook } = await readPage(text, { file });
  const steps = new Set(runbook?.steps.map(({ id }) => id));
  const norun = fences.filter(({ role }) => role === "norun");
  const sections = new Map<string, NorunSection>();
  for (const [index, { text: title, line }] of headings.entries()) {
    const end = headings[index + 1]?.line ?? Number.POSITIVE_INFINITY;
    const own = norun.filter(({ span }) => span.start.line > line && span.start.line < end);
    const anchor = besideSteps(anchorOf(title), steps);
    if (!sections.has(anchor)) sections.set(anchor, { title, fences: own });
  }
  return sections;
}
