import type { APIRoute } from "astro";
import { asOf, toolsets } from "../data/verbs/index.ts";
import { type Answer, type Toolset, verbs } from "../data/verbs/verb.ts";
import { runbookPages } from "../proof/runbook-pages.ts";
import { stepCommands } from "../runbook/step-commands.ts";

/** The verbs in every system's commands, as data; commands of a runbook's steps are put in their place. */
export const GET: APIRoute = async () => {
  const runbooks = new Map((await runbookPages()).map(({ runbook }) => [runbook.id, runbook]));
  const whole = (answer: Answer): Answer =>
    answer.steps ? { ...answer, run: stepCommands(answer.steps, runbooks) } : answer;
  const systems = Object.entries<Toolset>(toolsets).map(([id, { answers, ...toolset }]) => [
    id,
    { ...toolset, answers: Object.fromEntries(Object.entries(answers).map(([verb, answer]) => [verb, whole(answer)])) },
  ]);
  return Response.json({ version: 1, asOf, verbs, systems: Object.fromEntries(systems) });
};
