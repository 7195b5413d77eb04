import type { APIRoute } from "astro";
import type { RunbookPage } from "../proof/runbook-page.ts";
import { runbookPages } from "../proof/runbook-pages.ts";

/** All runbooks, with what each needs, its steps, and what evidence says of them. */
export const GET: APIRoute = async () => {
  return Response.json({ version: 1, runbooks: (await runbookPages()).map(describe) });
};

function describe({ runbook, path, proof }: RunbookPage): object {
  const { id, title, description, requires, needs, steps } = runbook;
  return {
    id,
    title,
    description,
    path,
    requires: requires.map((one) => one.id),
    needs,
    steps: steps.map((step) => ({ id: step.id, target: step.on })),
    proof: {
      state: proof.state,
      platforms: proof.platforms.map(({ evidence, state, steps: seen }) => ({
        platform: evidence.platform,
        state,
        date: evidence.date,
        commit: evidence.commit,
        durationMs: evidence.durationMs,
        steps: Object.fromEntries(seen.map((step) => [step.id, step.state])),
      })),
    },
  };
}
