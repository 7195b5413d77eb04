import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FailContext } from "../engine/run/options.ts";
import type { Runbook } from "../language/model/runbook.ts";
import { KnownAddresses } from "./evidence/known-addresses.ts";
import { machineNames } from "./evidence/machine-names.ts";
import { type PackageList, packagesOf } from "./evidence/package-list.ts";
import { ensureLayers, reachRequired } from "./layer/build-layer.ts";
import { endStateOf, layersBelow, recordOf } from "./layer/layer-inputs.ts";
import type { CleanHost } from "./machine/clean-host.ts";
import { machineSources } from "./machine/image/sources.ts";
import { makeHost } from "./machine/make-host.ts";
import type { LayerRecord } from "./machine/store.ts";
import type { VerifyOptions } from "./options.ts";
import type { ProofLog } from "./proof-log.ts";
import { takeInventory } from "./residue/inventory.ts";
import { ProofFailed, type ProofResult } from "./stage/findings/verdict.ts";
import { canaries } from "./stage/given-values.ts";
import { proveRunbook } from "./stage/proof.ts";
import { scriptsOf } from "./stage/scripts.ts";
import { Stages } from "./stage/stages.ts";

/** The texts of pages that may name addresses: their shell, and their parameters. */
function textsOf(order: readonly Runbook[]): string[] {
  const fences = order.flatMap(({ steps }) =>
    steps.flatMap(({ fence, when, guard, proof, undo, output, file }) => [
      ...[fence, ...when, ...guard, ...proof, ...undo, ...(output ? [output] : [])].map(({ text }) => text),
      file?.path ?? "",
    ]),
  );
  return [...fences, JSON.stringify(order.map(({ params }) => params.map((one) => one.default ?? "")))];
}

/** The result of the proof with one set of values. */
export interface CaseResult {
  result: ProofResult;
  /** How to enter the host that was left. */
  kept?: string;
  /** The packages of the host when its proof failed. */
  packages?: PackageList;
  /** The values that it was proved with, where they are not those of the defaults. */
  given?: Record<string, string>;
}

/** Proves a runbook with one set of values, on a clean host of its own. */
export async function proveCase(
  order: readonly Runbook[],
  values: Record<string, string>,
  options: VerifyOptions,
  log: ProofLog,
): Promise<CaseResult> {
  const runbook = order.at(-1) as Runbook;
  const { image, sealed, store, contentDir, signal } = options;
  const tell = (what: string): void => log.begin("layer", what);
  const ground = { store, image, sealed, contentDir, values, signal, tell };
  let host: CleanHost;
  try {
    const layer = await ensureLayers(layersBelow(options, order, values), ground);
    log.begin("start");
    host = await makeHost({ store, image, sealed, layer, signal });
    if (image.kind === "here") await reachRequired(order, host, ground);
  } catch (error) {
    if (error instanceof ProofFailed)
      return { result: { outcome: "failed", failure: { ...error.failure, step: null } } };
    throw error;
  }
  const stateDir = mkdtempSync(join(tmpdir(), "runbook-verify-"));
  let kept: string | undefined;
  let opened = false;
  try {
    if (options.prepare && !(await options.prepare(host))) {
      return { result: { outcome: "blocked", message: "The clean host can't be prepared so.", hint: "" } };
    }
    const secrets = canaries(order);
    const stages = new Stages({
      ...{ order, contentDir, name: runbook.id, values, secrets, stateDir, host, signal },
      listen: log.listen,
      ...(options.shell &&
        host.host.terminal && {
          atFailure: async (failed: FailContext) => {
            opened = true;
            await options.shell?.atStep(failed, host.host);
          },
        }),
    });
    const result = await proveRunbook(stages, {
      machine: {
        names: machineNames(await machineSources(image)),
        addresses: new KnownAddresses([...textsOf(order), ...Object.values(values)]),
      },
      begin: log.begin,
      // A host that can't be reset to its beginning can't try a script.
      scripts: host.reset ? scriptsOf(order, new Map(Object.entries(values)), options) : [],
      endState: wantedEndState(order, values, options),
    });
    if (result.outcome === "failed" && !opened) await options.shell?.onHost(host.enter, result.failure);
    if (result.outcome === "failed" && options.keep) {
      await host.keep();
      kept = host.enter;
    }
    const packages = options.why && result.outcome === "failed" ? packagesOf(await takeInventory(host)) : undefined;
    return { result, ...(kept !== undefined && { kept }), ...(packages && { packages }) };
  } finally {
    if (kept === undefined) await host.remove();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

/** The layer that a runbook's end state becomes, where another runbook requires it and it is not there yet. */
function wantedEndState(
  order: readonly Runbook[],
  values: Record<string, string>,
  options: VerifyOptions,
): LayerRecord | undefined {
  const { runbooks, store, prepare } = options;
  const id = order.at(-1)?.id;
  const needed = [...runbooks.values()].some(({ requires }) => requires.some((one) => one.id === id));
  const layer = endStateOf(options, order, values);
  // The end state on a host that was changed is no layer for others.
  return needed && !prepare && !store.layer(layer.key) ? recordOf(layer) : undefined;
}
