import type { APIRoute } from "astro";
import { asOf, toolsets } from "../data/verbs/index.ts";
import { type Answer, type Toolset, verbs } from "../data/verbs/verb.ts";
import { runbookPages } from "../proof/runbook-pages.ts";
import { commandsOf } from "../runbook/commands.ts";

/** The verbs in every system's commands, as data; the commands are put in, with their language, and why they are not run where they are not. */
export const GET: APIRoute = async () => {
  const runbooks = new Map((await runbookPages()).map(({ runbook }) => [runbook.id, runbook]));
  const whole = async (answer: Answer) => {
    const { text: run, ...commands } = await commandsOf(answer.from, runbooks);
    return { ...answer, run, ...commands };
  };
  const wholeAll = async (answers: Toolset["answers"]) =>
    Object.fromEntries(
      await Promise.all(Object.entries(answers).map(async ([verb, answer]) => [verb, await whole(answer)] as const)),
    );
  const systems = await Promise.all(
    Object.entries<Toolset>(toolsets).map(
      async ([id, { answers, ...toolset }]) => [id, { ...toolset, answers: await wholeAll(answers) }] as const,
    ),
  );
  return Response.json({ version: 2, asOf, verbs, systems: Object.fromEntries(systems) });
};
