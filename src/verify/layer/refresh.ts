import { rmSync } from "node:fs";
import { join } from "node:path";
import { imageInputs, layerKey } from "../machine/image/build-image.ts";
import type { Image } from "../machine/image/images.ts";
import { makeHost } from "../machine/make-host.ts";
import type { Store } from "../machine/store.ts";

/**
 * Drops an image, and all that stands on it, where Debian has newer versions of its packages. Gives the packages; none where
 * the image is up to date or was never made.
 */
export async function refreshImage(store: Store, image: Image, signal: AbortSignal): Promise<string[]> {
  if (image.kind === "here") return [];
  await store.open();
  const key = layerKey(imageInputs(image));
  if (!store.layer(key)) return [];
  const host = await makeHost({ store, image, sealed: false, layer: key, signal });
  let newer: string[];
  try {
    const { stdout } = await host.shell(
      "apt-get update >/dev/null; apt-get --simulate dist-upgrade | sed -n 's/^Inst \\([^ ]*\\) .*/\\1/p'",
      {
        timeoutMs: 5 * 60_000,
      },
    );
    newer = stdout.split("\n").filter(Boolean);
  } finally {
    await host.remove();
  }
  if (newer.length === 0) return [];
  await dropWithAll(store, key);
  // What was proved on the old packages has to be proved again.
  rmSync(join(store.dir, "results"), { recursive: true, force: true });
  return newer;
}

async function dropWithAll(store: Store, key: string): Promise<void> {
  for (const { key: above, inputs } of store.list()) if (inputs["below"] === key) await dropWithAll(store, above);
  await store.drop(key);
}
