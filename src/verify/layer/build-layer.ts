import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildImage } from "../machine/build-image.ts";
import { lockFile } from "../machine/file-lock.ts";
import type { Image } from "../machine/images.ts";
import { makeLxcHost } from "../machine/lxc/lxc-host.ts";
import type { Store } from "../machine/store.ts";
import { expectStanding } from "../stage/expect-findings.ts";
import { expectPassed } from "../stage/first-run.ts";
import { Stages } from "../stage/stages.ts";
import type { LayerPlan } from "./layer-inputs.ts";

/** What the layers below a proof are made with. */
export interface BuildOptions {
  store: Store;
  image: Image;
  contentDir: string;
  values: Record<string, string>;
  signal: AbortSignal;
  tell: (what: string) => void;
}

/** Makes those of the layers that are not there, from the system up, and gives the key of the last one. */
export async function ensureLayers(layers: readonly LayerPlan[], options: BuildOptions): Promise<string> {
  let below = "";
  for (const layer of layers) {
    if (!options.store.layer(layer.key)) await buildOnce(layer, below, options);
    below = layer.key;
  }
  return below;
}

/** Of several verifies at once, one makes a layer and the others wait for it. */
async function buildOnce(layer: LayerPlan, below: string, options: BuildOptions): Promise<void> {
  const { store, image, tell } = options;
  const lock = await lockFile(join(store.dir, `layer-${layer.key}.lock`), { wait: true });
  try {
    if (store.layer(layer.key)) return;
    tell(layer.order ? `make the end state of ${layer.title}` : `make ${layer.title} from Debian's packages`);
    if (layer.order) await buildEndState(layer, below, options);
    else await buildImage(store, image);
  } finally {
    await lock?.release();
    rmSync(join(store.dir, `layer-${layer.key}.lock`), { force: true });
  }
}

async function buildEndState(layer: LayerPlan, below: string, options: BuildOptions): Promise<void> {
  const { store, image, contentDir, values, signal } = options;
  const order = layer.order ?? [];
  const names = new Set(order.flatMap(({ params }) => params.map(({ name }) => name)));
  const stateDir = mkdtempSync(join(tmpdir(), "runbook-layer-"));
  const host = await makeLxcHost({ store, image, layer: below, signal });
  try {
    const stages = new Stages({
      order,
      contentDir,
      name: order.at(-1)?.id ?? "",
      values: Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name))),
      secrets: {},
      stateDir,
      host,
      signal,
    });
    expectPassed(stages, await stages.exec({}), "run");
    expectStanding(stages, await stages.inspect("prove"), "run");
    await host.stop();
    const { key, title, inputs } = layer;
    await store.keep(host.volume, { key, kind: "runbook", title, made: new Date().toISOString(), inputs });
  } finally {
    await host.remove();
    rmSync(stateDir, { recursive: true, force: true });
  }
}
