import { getCollection } from "astro:content";
import type { APIRoute } from "astro";
import { atomFeed } from "../history/feed.ts";
import { history } from "../history/site-history.ts";
import { homePath, pagePath } from "../paths.ts";

const mostEntries = 60;

/** The latest changes of the pages, an entry a page and commit. */
export const GET: APIRoute = async ({ site }) => {
  const pages = new Map((await getCollection("docs")).map((page) => [page.filePath, page]));
  const absolute = (path: string) => (site ? new URL(path, site).href : path);
  const entries = history.flatMap(({ file, commit, date, subject }) => {
    const page = pages.get(file);
    if (!page) return [];
    const address = absolute(pagePath(page.id));
    return [{ key: `${commit} ${file}`, title: page.data.title, address, date, summary: subject }];
  });
  const text = atomFeed({
    title: "Virtualization Service Notes",
    address: absolute(homePath()),
    self: absolute(`${homePath()}feed.xml`),
    built: new Date().toISOString(),
    entries: entries.slice(0, mostEntries),
  });
  return new Response(text, { headers: { "content-type": "application/atom+xml; charset=utf-8" } });
};
