import { getCollection } from "astro:content";
import type { APIRoute } from "astro";
import { markdownName } from "../markdown/markdown-of.ts";
import { homePath } from "../paths.ts";

/** All pages with what they say, for programs that read: https://llmstxt.org */
export const GET: APIRoute = async ({ site }) => {
  const pages = (await getCollection("docs")).toSorted((a, b) => a.id.localeCompare(b.id));
  const absolute = (path: string) => (site ? new URL(path, site).href : path);
  const lines = pages.map(({ filePath = "", data }) => {
    const path = `${homePath()}${markdownName(filePath)}`;
    const command = data.runbook ? ` Run it: \`./runbook exec ${data.runbook.id}\`.` : "";
    return `- [${data.title}](${absolute(path)}): ${data.description ?? ""}${command}`;
  });
  const head = ["# Virtualization Service Notes", "", "> Ten virtualization systems, and procedures that run.", ""];
  const data = [
    `- [Runbooks](${absolute(`${homePath()}runbooks.json`)}): what each needs, and its steps, as JSON.`,
    `- [Comparison](${absolute(`${homePath()}comparison.json`)}): all systems by fixed phrases, with sources, as JSON.`,
    `- [Everyday commands](${absolute(`${homePath()}verbs.json`)}): everyday commands in every system's commands, with sources, as JSON.`,
    `- [Changes](${absolute(`${homePath()}feed.xml`)}): the latest, as an Atom feed.`,
  ];
  return new Response(`${[...head, "## Pages", "", ...lines, "", "## Data", "", ...data].join("\n")}\n`);
};
