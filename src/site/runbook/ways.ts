import { getCollection } from "astro:content";
import type { StarlightRouteData } from "@astrojs/starlight/route-data";
import { outcomes } from "../data/outcome/outcomes.ts";
import { pagePath } from "../paths.ts";
import { runbookPages } from "../proof/runbook-pages.ts";

type Link = NonNullable<StarlightRouteData["pagination"]["next"]>;

/** Of a runbook's page: what one goes on to, and what one came from. Elsewhere the list of contents says it. */
export async function waysFrom(page: string): Promise<{ before?: Link; after?: Link }> {
  const pages = await runbookPages();
  const own = pages.find((one) => one.page === page)?.runbook;
  if (!own) return {};
  const before = Object.keys(outcomes).find((id) => outcomes[id]?.next === own.id) ?? own.requires.at(-1)?.id;
  const after = outcomes[own.id]?.next;
  const docs = await getCollection("docs");
  const linkTo = (target: string): Link => {
    const id = pages.find(({ runbook }) => runbook.id === target)?.page ?? target;
    const title = docs.find((one) => one.id === id)?.data.title;
    if (!title) throw new Error(`There is no runbook and no page ${target}, to which ${own.id} leads.`);
    return { type: "link", href: pagePath(id), label: title, isCurrent: false, badge: undefined, attrs: {} };
  };
  return { ...(before && { before: linkTo(before) }), ...(after && { after: linkTo(after) }) };
}
