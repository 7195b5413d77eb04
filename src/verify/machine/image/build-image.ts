import { createHash } from "node:crypto";
import { join } from "node:path";
import { buildMachine } from "../qemu/build-machine.ts";
import { machineRecipe } from "../qemu/recipe.ts";
import type { Store } from "../store.ts";
import { buildRoot } from "./build-root.ts";
import { IMAGE_PACKAGES, IMAGE_SHELL, type Image } from "./images.ts";

/** What the key of an image's layer is made of. */
export function imageInputs({ kind, name, suite }: Image): Record<string, string> {
  const recipe = [{ name, suite }, IMAGE_PACKAGES, IMAGE_SHELL, ...(kind === "qemu" ? [machineRecipe()] : [])];
  return {
    image: name,
    architecture: process.arch,
    ...(kind === "qemu" && { machine: kind }),
    recipe: createHash("sha256").update(JSON.stringify(recipe)).digest("hex").slice(0, 16),
  };
}

/** A key of what a layer is made of. */
export function layerKey(inputs: Record<string, string>): string {
  const sorted = Object.entries(inputs).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, 24);
}

/** Makes a system from Debian's packages, as a layer: about a minute, once. */
export async function buildImage(store: Store, image: Image, signal: AbortSignal): Promise<void> {
  const inputs = imageInputs(image);
  const record = {
    key: layerKey(inputs),
    kind: "image",
    title: titleOf(image),
    made: new Date().toISOString(),
    inputs,
  } as const;
  if (image.kind === "qemu") return await buildMachine(store, image, record, signal);
  const fresh = join(store.mount, `fresh-${record.key}`);
  try {
    await store.create(fresh);
    // Into a folder of the layers themselves: mmdebstrap empties none, so the subvolume holds one.
    await buildRoot({ image, root: join(fresh, "root"), packages: IMAGE_PACKAGES, shell: IMAGE_SHELL, files: {} });
    await store.keep(fresh, record);
  } finally {
    await store.remove(fresh);
  }
}

/** The name of an image's layer for people. */
export function titleOf({ kind, name }: Image): string {
  return kind === "lxc" ? name : `${name} (${kind})`;
}
