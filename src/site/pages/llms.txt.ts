import { getCollection } from "astro:content";
import type { APIRoute } from "astro";
import { pagePath } from "../paths.ts";

/** All pages with what they say, for programs that read: https://llmstxt.org */
export const GET: APIRoute = async ({ site }) => {
  const pages = (await getCollection("docs")).toSorted((a, b) => a.id.localeCompare(b.id));
  const lines = pages.map(({ id, data }) => {
    const path = pagePath(id);
    const command = data.runbook ? ` Run it: \`./runbook exec ${data.runbook.id}\`.` : "";
    return `- [${data.title}](${site ? new URL(path, site).href : path}): ${data.description ?? ""}${command}`;
  });
  const head = ["# Virtualization Service Notes", "", "> Ten virtualization systems, and procedures that run.", ""];
  return new Response(`${[...head, "## Pages", "", ...lines].join("\n")}\n`);
};
