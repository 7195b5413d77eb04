import { getCollection } from "astro:content";
import type { APIRoute } from "astro";
import { comparison } from "../../data/compare/systems.ts";
import { toolsets } from "../../data/verbs/index.ts";
import { vocabularyOf } from "../../search/vocabulary.ts";

/** The words of all pages, by which the search knows a mistyped one. */
export const GET: APIRoute = async () => {
  const pages = (await getCollection("docs")).map(({ data: { title, description }, body }) =>
    [title, description, body].join("\n"),
  );
  return Response.json(vocabularyOf([...pages, ...[comparison, toolsets].map((data) => JSON.stringify(data))]));
};
