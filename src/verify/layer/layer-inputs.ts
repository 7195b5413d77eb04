import { createHash } from "node:crypto";
import { endStateHash } from "../../language/meaning/hash.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import { imageInputs, layerKey, titleOf } from "../machine/image/build-image.ts";
import type { Image } from "../machine/image/images.ts";
import type { LayerRecord } from "../machine/store.ts";

/**
 * Raised where the runner means something else by the same page, or a clean host is another one, so that layers and results are made anew.
 * Since 2 a clean host forwards nothing until a page switches it on.
 */
export const RUNNER_MEANING = "2";

/** A layer that a proof stands on: the system, or the end state of a runbook. */
export interface LayerPlan {
  key: string;
  title: string;
  inputs: Record<string, string>;
  /** The runbook whose end state it is, with what it requires before it; absent for the system itself. */
  order?: readonly Runbook[];
}

/** The inputs of every layer of a proof. */
export interface Ground {
  image: Image;
  /** End states are made without a network. */
  sealed: boolean;
}

/** The layers below a runbook's proof, from the system up to the end state of the last runbook that it requires. */
export function layersBelow(ground: Ground, order: readonly Runbook[], values: Record<string, string>): LayerPlan[] {
  return ground.image.kind === "here" ? [] : layersOf(ground, order.slice(0, -1), values);
}

/** The layer that a runbook's end state makes. */
export function endStateOf(ground: Ground, order: readonly Runbook[], values: Record<string, string>): LayerPlan {
  const below = layersBelow(ground, order, values).at(-1)?.key ?? "";
  return endState(ground, order, values, below, order.at(-1) as Runbook);
}

/** The system, and on it the end states of these runbooks, each standing on the one before. */
export function layersOf(ground: Ground, order: readonly Runbook[], values: Record<string, string>): LayerPlan[] {
  const inputs = imageInputs(ground.image);
  const layers: LayerPlan[] = [{ key: layerKey(inputs), title: titleOf(ground.image), inputs }];
  for (const [index, runbook] of order.entries()) {
    const below = layers.at(-1)?.key ?? "";
    layers.push(endState(ground, order.slice(0, index + 1), values, below, runbook));
  }
  return layers;
}

function endState(
  { image, sealed }: Ground,
  order: readonly Runbook[],
  values: Record<string, string>,
  below: string,
  runbook: Runbook,
): LayerPlan {
  const names = new Set(order.flatMap(({ params }) => params.map(({ name }) => name)));
  const given = Object.entries(values).filter(([name]) => names.has(name));
  const inputs = {
    below,
    runbook: runbook.id,
    steps: endStateHash(order, runbook),
    values: createHash("sha256").update(JSON.stringify(given.sort())).digest("hex").slice(0, 16),
    runner: RUNNER_MEANING,
    ...(sealed && { network: "none" }),
  };
  return { key: layerKey(inputs), title: `${runbook.id} on ${titleOf(image)}`, inputs, order };
}

/** The record of a runbook's end state that is made now. */
export function recordOf({ key, title, inputs }: LayerPlan): LayerRecord {
  return { key, kind: "runbook", title, made: new Date().toISOString(), inputs };
}
