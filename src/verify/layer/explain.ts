import { runbookOrder } from "../../language/meaning/order.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import { IMAGES } from "../machine/image/images.ts";
import type { LayerRecord } from "../machine/store.ts";
import { type LayerPlan, layersOf } from "./layer-inputs.ts";

/** The words for each part of a layer's key. */
const PARTS: Readonly<Record<string, string>> = {
  recipe: "the recipe of the system changed",
  architecture: "it is of another architecture",
  below: "what it stands on changed",
  steps: "its steps changed",
  values: "its values changed",
  runner: "the runner means something else by them now",
};

/** A function that says why nothing takes a layer any more, and of one that a proof of these pages would take undefined. */
export function staleness(runbooks: ReadonlyMap<string, Runbook>): (record: LayerRecord) => string | undefined {
  const wantedWith = new Map<boolean, LayerPlan[]>();
  return (record) => {
    const sealed = record.inputs["network"] === "none";
    const wanted = wantedWith.get(sealed) ?? wantedLayers(runbooks, sealed);
    wantedWith.set(sealed, wanted);
    if (wanted.some(({ key }) => key === record.key)) return undefined;
    // A runbook's end state may be wanted on several others: the one that is most like this one says what changed.
    const [changed] = wanted
      .filter(({ title }) => title === record.title)
      .map(({ inputs }) => Object.keys(inputs).filter((name) => inputs[name] !== record.inputs[name]))
      .sort((one, other) => one.length - other.length);
    if (!changed)
      return record.kind === "image" ? "there is no such system any more" : "there is no such runbook any more";
    return changed.map((name) => PARTS[name] ?? `${name} changed`).join(", ");
  };
}

/** All layers that proofs of these pages take, on hosts with a network or without one: each end state, and what it stands on. */
function wantedLayers(runbooks: ReadonlyMap<string, Runbook>, sealed: boolean): LayerPlan[] {
  const wanted = new Map<string, LayerPlan>();
  for (const image of IMAGES) {
    const ground = { image, sealed };
    for (const [id, { verify }] of runbooks) {
      const order = runbookOrder(runbooks, id);
      // With the defaults first: where several are equally like a stale one, they say what changed.
      const sets = (verify?.values ?? []).map((set) => Object.fromEntries(set.map(({ name, value }) => [name, value])));
      for (const values of [{}, ...sets]) {
        for (const layer of layersOf(ground, order, values)) wanted.set(layer.key, layer);
      }
    }
  }
  return [...wanted.values()];
}
