import { getCollection } from "astro:content";
import { readFileSync } from "node:fs";
import type { APIRoute } from "astro";
import { readPage } from "../../language/read-page.ts";
import { pagePath } from "../paths.ts";

/** All runbooks, with what each needs and its steps. */
export const GET: APIRoute = async () => {
  const pages = (await getCollection("docs")).filter(({ data }) => data.runbook);
  const runbooks = await Promise.all(
    pages.map(async ({ id, filePath: file = "" }) => {
      const { runbook } = await readPage(readFileSync(file, "utf8"), { file });
      return {
        id: runbook?.id,
        title: runbook?.title,
        description: runbook?.description,
        path: pagePath(id),
        requires: runbook?.requires.map((one) => one.id),
        needs: runbook?.needs,
        steps: runbook?.steps.map((step) => ({ id: step.id, target: step.on })),
      };
    }),
  );
  return Response.json({ version: 1, runbooks: runbooks.toSorted((a, b) => String(a.id).localeCompare(String(b.id))) });
};
