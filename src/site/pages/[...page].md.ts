import { getCollection } from "astro:content";
import { readFileSync } from "node:fs";
import type { APIRoute, GetStaticPaths } from "astro";
import { markdownName, markdownOf } from "../markdown/markdown-of.ts";
import { runbookPages } from "../proof/runbook-pages.ts";
import { commandsOf, namedPlaces } from "../runbook/commands.ts";

/** The pages' own texts, each under its file's name: links between them work here as in the folder. */
export const getStaticPaths: GetStaticPaths = async () =>
  (await getCollection("docs")).flatMap(({ filePath }) =>
    filePath ? [{ params: { page: markdownName(filePath).replace(/\.md$/, "") }, props: { filePath } }] : [],
  );

export const GET: APIRoute = async ({ props }) => {
  const runbooks = new Map((await runbookPages()).map(({ runbook }) => [runbook.id, runbook]));
  const text = await markdownOf(readFileSync(props["filePath"], "utf8"), (places) =>
    commandsOf(namedPlaces(places), runbooks),
  );
  return new Response(text, { headers: { "content-type": "text/markdown; charset=utf-8" } });
};
