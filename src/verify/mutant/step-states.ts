import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stepHash } from "../../language/meaning/hash.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import { layerKey } from "../machine/image/build-image.ts";
import { makeLxcHost } from "../machine/lxc/lxc-host.ts";
import type { VerifyOptions } from "../options.ts";
import { expectPassed } from "../stage/first-run.ts";
import { Stages } from "../stage/stages.ts";

/**
 * Runs a runbook once and keeps the host as it was before each of its steps, so that a fault in a late step costs no run of the early
 * ones: their guards skip them. Gives the layers by step; those of an earlier call are taken as they are.
 */
export async function keepStepStates(
  order: readonly Runbook[],
  below: string,
  values: Record<string, string>,
  { store, image, contentDir, signal }: VerifyOptions,
): Promise<Map<string, string>> {
  const runbook = order.at(-1) as Runbook;
  const keyOf = (index: number): string => {
    const before = runbook.steps[index - 1];
    return before ? layerKey({ below, before: stepHash(order, before), values: JSON.stringify(values) }) : below;
  };
  const layers = new Map(runbook.steps.map(({ id }, index) => [id, keyOf(index)]));
  if ([...layers.values()].every((key) => store.layer(key))) return layers;
  const stateDir = mkdtempSync(join(tmpdir(), "runbook-mutants-"));
  const host = await makeLxcHost({ store, image, layer: below, signal });
  const keep = async (step: string): Promise<void> => {
    const key = layers.get(step);
    if (key === undefined || key === below) return;
    await host.shell("sync");
    const title = `${runbook.id} before ${step} on ${image.name}`;
    await store.keep(host.volume, { key, kind: "runbook", title, made: new Date().toISOString(), inputs: { below } });
  };
  try {
    const stages = new Stages({
      ...{ order, contentDir, name: runbook.id, values, secrets: {}, stateDir, host, signal },
    });
    const seen = await stages.exec({ beforeStep: async (step) => await keep(step.split("/").at(-1) ?? "") });
    expectPassed(stages, seen, "run");
  } finally {
    await host.remove();
    rmSync(stateDir, { recursive: true, force: true });
  }
  // A step that was skipped was not asked about: what it starts from is what the next one before it does.
  let last = below;
  for (const [step, key] of layers) {
    if (store.layer(key)) last = key;
    else layers.set(step, last);
  }
  return layers;
}
