import { makePlan } from "../../../src/engine/plan/make-plan.ts";
import { type DryStep, dryRun } from "../../../src/engine/run/dry-run.ts";
import { type StepStatus, status } from "../../../src/engine/run/status.ts";
import { openHost } from "../../../src/engine/target/host.ts";
import { loadRunbooks } from "../../../src/library/library.ts";
import type { Place } from "./perform.ts";

/** What `status` and a dry run say of a page's steps, without doing anything. */
export async function inspectPage(
  place: Place,
  { id = "page", given = {} }: { id?: string; given?: Record<string, string> } = {},
): Promise<{ status: StepStatus[]; dry: DryStep[] }> {
  const library = await loadRunbooks(place.content, id);
  const plan = () =>
    makePlan({ library, id, given: new Map(Object.entries(given)), env: {}, selection: { only: [], skip: [] } });
  const never = new AbortController().signal;
  const host = await openHost(undefined, place.state);
  const options = { host, interrupt: { first: never, second: never, reason: "SIGINT" as const } };
  try {
    const dry: DryStep[] = [];
    for await (const step of dryRun(await plan(), options)) dry.push(step);
    return { status: await status(await plan(), options), dry };
  } finally {
    await host.close();
  }
}
