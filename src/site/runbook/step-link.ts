import { getCollection } from "astro:content";
import { pagePath } from "../paths.ts";

/** Where a step is, given as `runbook/step`, and the title of its page. */
export async function stepLink(step: string): Promise<{ id: string; title: string; path: string }> {
  const [runbook, id = ""] = step.split("/");
  const page = (await getCollection("docs")).find(({ data }) => data.runbook?.id === runbook);
  if (!page) throw new Error(`There is no runbook ${runbook}, to whose step ${id} the verbs link.`);
  return { id, title: page.data.title, path: `${pagePath(page.id)}#${id}` };
}
