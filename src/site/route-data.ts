import { defineRouteMiddleware } from "@astrojs/starlight/route-data";
import { lastChanges } from "./history/changes.ts";
import { history } from "./history/site-history.ts";
import { escapeMarkup } from "./markdown/escape-markup.ts";
import { markdownName } from "./markdown/markdown-of.ts";
import { homePath } from "./paths.ts";
import { waysFrom } from "./runbook/ways.ts";
import runbookStyles from "./styles/runbook/runbook.css?url";

const changed = lastChanges(history);

/** What a page's head and foot say that Starlight does not know: where else its text is, and when it changed. */
export const onRequest = defineRouteMiddleware(async ({ locals }) => {
  const route = locals.starlightRoute;
  const { before, after } = await waysFrom(route.entry.id);
  if (before) route.pagination.prev = before;
  if (after) route.pagination.next = after;
  const { filePath } = route.entry;
  // Starlight writes the content of such a tag as markup, and a page's title is a text.
  for (const tag of route.head) if (tag.tag === "title") tag.content = escapeMarkup(tag.content ?? "");
  const alternate = (type: string, href: string, title: string) =>
    route.head.push({
      tag: "link",
      attrs: { rel: "alternate", type, href: `${homePath()}${href}`, title },
      content: "",
    });
  if (route.entry.data.runbook) {
    route.head.push({ tag: "link", attrs: { rel: "stylesheet", href: runbookStyles }, content: "" });
  }
  alternate("application/atom+xml", "feed.xml", "Changes of the notes");
  if (filePath?.startsWith("content/")) {
    alternate("text/markdown", markdownName(filePath), "This page as Markdown");
    const date = changed.get(filePath);
    if (date) route.lastUpdated = date;
  } else {
    // What is drawn from data has no text of its own to edit.
    route.editUrl = undefined;
  }
});
