import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Runbook } from "../../language/model/runbook.ts";
import type { CleanHost } from "../machine/clean-host.ts";
import { lockFile } from "../machine/files/file-lock.ts";
import { buildImage } from "../machine/image/build-image.ts";
import type { Image } from "../machine/image/images.ts";
import { makeHost } from "../machine/make-host.ts";
import { restartKept } from "../machine/restart-kept.ts";
import type { Store } from "../machine/store.ts";
import { expectStanding } from "../stage/findings/expect-findings.ts";
import { expectPassed } from "../stage/first-run.ts";
import { Stages } from "../stage/stages.ts";
import { type LayerPlan, recordOf } from "./layer-inputs.ts";

/** The options of making the layers below a proof. */
export interface BuildOptions {
  store: Store;
  image: Image;
  sealed: boolean;
  contentDir: string;
  values: Record<string, string>;
  signal: AbortSignal;
  tell: (what: string) => void;
}

/** Makes the missing layers, from the system up, and returns the key of the last one. */
export async function ensureLayers(layers: readonly LayerPlan[], options: BuildOptions): Promise<string> {
  let below = "";
  for (const layer of layers) {
    if (options.store.layer(layer.key)) options.store.use(layer.key);
    else await buildOnce(layer, below, options);
    below = layer.key;
  }
  return below;
}

/** Of several verifies at once, one makes a layer and the others wait for it. */
async function buildOnce(layer: LayerPlan, below: string, options: BuildOptions): Promise<void> {
  const { store, image, tell, signal } = options;
  const lock = await lockFile(join(store.dir, `layer-${layer.key}.lock`), { wait: true });
  try {
    if (store.layer(layer.key)) return;
    tell(layer.order ? `make the end state of ${layer.title}` : `make ${layer.title} from Debian's packages`);
    if (layer.order) await buildEndState(layer, below, options);
    else await buildImage(store, image, signal);
  } finally {
    await lock?.release();
    rmSync(join(store.dir, `layer-${layer.key}.lock`), { force: true });
  }
}

async function buildEndState(layer: LayerPlan, below: string, options: BuildOptions): Promise<void> {
  const { store, image, sealed, signal } = options;
  const host = await makeHost({ store, image, sealed, layer: below, signal });
  try {
    await reachEndState(layer.order ?? [], host, options);
    await restartKept(host, recordOf(layer));
  } finally {
    await host.remove();
  }
}

/** Brings a host that has no layers, such as this machine, to the end state of all that a runbook requires. */
export async function reachRequired(order: readonly Runbook[], host: CleanHost, options: BuildOptions): Promise<void> {
  for (const [index, { id }] of order.slice(0, -1).entries()) {
    options.tell(`reach the end state of ${id}`);
    await reachEndState(order.slice(0, index + 1), host, options);
  }
}

/** Runs a runbook on a host that has the end state of what it requires, and asks its proofs. */
async function reachEndState(
  order: readonly Runbook[],
  host: CleanHost,
  { contentDir, values, signal }: BuildOptions,
): Promise<void> {
  const names = new Set(order.flatMap(({ params }) => params.map(({ name }) => name)));
  const stateDir = mkdtempSync(join(tmpdir(), "runbook-layer-"));
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
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}
