import { runbookOrder } from "../../language/meaning/order.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import { IMAGES } from "../machine/image/images.ts";
import type { LayerRecord } from "../machine/store.ts";
import { endStateOf, layersBelow } from "./layer-inputs.ts";

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
  const wantedWith = new Map<boolean, Wanted[]>();
  return (record) => {
    const sealed = record.inputs["network"] === "none";
    const wanted = wantedWith.get(sealed) ?? wantedLayers(runbooks, sealed);
    wantedWith.set(sealed, wanted);
    if (wanted.some(({ key }) => key === record.key)) return undefined;
    const now = wanted.find(({ title }) => title === record.title);
    if (!now) return record.kind === "image" ? "there is no such system any more" : "there is no such runbook any more";
    const changed = Object.keys(now.inputs).filter((name) => now.inputs[name] !== record.inputs[name]);
    return changed.map((name) => PARTS[name] ?? `${name} changed`).join(", ");
  };
}

type Wanted = ReturnType<typeof endStateOf>;

/** All layers that proofs of these pages take, on hosts with a network or without one. */
function wantedLayers(runbooks: ReadonlyMap<string, Runbook>, sealed: boolean): Wanted[] {
  return IMAGES.flatMap((image) => {
    const ground = { image, sealed };
    const [system] = layersBelow(ground, [], {});
    const states = [...runbooks.keys()].map((id) => endStateOf(ground, runbookOrder(runbooks, id), {}));
    return [...(system ? [system] : []), ...states];
  });
}
