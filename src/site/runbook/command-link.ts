import { getCollection } from "astro:content";
import { pagePath } from "../paths.ts";
import { type CommandPlace, isSection, sectionAt } from "./commands.ts";

/** A link to commands where they stand. */
export interface CommandLink {
  /** What the place is called: a step's id, or a section's heading. */
  name: string;
  /** The title of its page. */
  title: string;
  path: string;
}

/** Where the commands of a place are. */
export async function commandLink(place: CommandPlace): Promise<CommandLink> {
  const pages = await getCollection("docs");
  if (isSection(place)) {
    const [name, anchor] = place.split("#");
    const { title: heading } = await sectionAt(place);
    const page = pages.find(({ id }) => id === name);
    if (!page) throw new Error(`There is no page ${name}, to whose section #${anchor} the verbs link.`);
    return { name: heading, title: page.data.title, path: `${pagePath(page.id)}#${anchor}` };
  }
  const [runbook, id = ""] = place.split("/");
  const page = pages.find(({ data }) => data.runbook?.id === runbook);
  if (!page) throw new Error(`There is no runbook ${runbook}, to whose step ${id} the verbs link.`);
  return { name: id, title: page.data.title, path: `${pagePath(page.id)}#${id}` };
}
