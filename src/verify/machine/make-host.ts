import { RunbookError } from "../../errors/runbook-error.ts";
import type { CleanHost } from "./clean-host.ts";
import { HereHost } from "./here/here-host.ts";
import { type Image, platformOf } from "./image/images.ts";
import { makeLxcHost } from "./lxc/lxc-host.ts";
import { makeQemuHost } from "./qemu/qemu-host.ts";
import type { Store } from "./store.ts";

/** What a clean host starts from. */
export interface HostOptions {
  store: Store;
  image: Image;
  /** The key of the layer. */
  layer: string;
  /** Without a network: only a virtual machine can be sealed like this. */
  sealed: boolean;
  signal: AbortSignal;
}

/** Makes a clean host of a layer, of the kind that its image is for, and starts it. */
export async function makeHost({ store, image, layer: key, sealed, signal }: HostOptions): Promise<CleanHost> {
  if (image.kind === "here") return new HereHost(platformOf(image));
  if (image.kind === "lxc") return await makeLxcHost({ store, image, layer: key, signal });
  const layer = store.layer(key);
  if (!layer) throw new RunbookError("machine-failed", `The layer ${key} is gone.`, { hint: "Try again." });
  return await makeQemuHost({ store, image, sealed, layer, signal });
}
