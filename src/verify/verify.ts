import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunEvent } from "../engine/events.ts";
import type { Evidence } from "../evidence/schema.ts";
import { runbookHash, stepHash } from "../language/meaning/hash.ts";
import { runbookOrder } from "../language/meaning/order.ts";
import type { Runbook } from "../language/model/runbook.ts";
import { machineNames } from "./evidence/machine-names.ts";
import { evidenceFile, noteFailure, writeEvidence } from "./evidence/write.ts";
import { ensureLayers } from "./layer/build-layer.ts";
import { endStateOf, layersBelow } from "./layer/layer-inputs.ts";
import { keepResult, knownResult, resultKey } from "./layer/results.ts";
import type { Image } from "./machine/images.ts";
import { makeLxcHost } from "./machine/lxc/lxc-host.ts";
import { machineSources } from "./machine/sources.ts";
import type { Store } from "./machine/store.ts";
import { canaries, valuesOf } from "./stage/canary-values.ts";
import { proveRunbook } from "./stage/proof.ts";
import { Stages } from "./stage/stages.ts";
import { ProofFailed, type ProofFailure, type ProofResult } from "./stage/verdict.ts";

/** How runbooks are proved. */
export interface VerifyOptions {
  runbooks: ReadonlyMap<string, Runbook>;
  contentDir: string;
  image: Image;
  store: Store;
  /** The commit whose pages are proved. */
  commit: string;
  /** Prove again what was proved on this machine before and has not changed. */
  fresh: boolean;
  /** Leave the host of a proof that failed. */
  keep: boolean;
  signal: AbortSignal;
  /** Tells what is being done for a runbook. */
  tell: (runbook: string, stage: string) => void;
  listen?: (runbook: string, event: RunEvent) => void;
}

/** What verifying one runbook came to. */
export interface Verified {
  runbook: Runbook;
  platform: string;
  result: ProofResult;
  /** When it was proved; now, unless nothing has changed since. */
  date: string;
  /** Proved earlier on this machine under the same key. */
  cached: boolean;
  /** The evidence file that was written. */
  file?: string;
  durationMs: number;
  /** How to enter the host that was left. */
  kept?: string;
}

/** Proves one runbook, and writes its evidence. */
export async function verifyRunbook(id: string, options: VerifyOptions): Promise<Verified> {
  const begun = performance.now();
  const { image, store } = options;
  const order = runbookOrder(options.runbooks, id);
  const runbook = order.at(-1);
  if (!runbook) throw new RangeError(`There is no runbook ${id}.`);
  const values = valuesOf(order);
  const layers = layersBelow(image, order, values);
  const key = resultKey(layers.at(-1)?.key ?? "", runbookHash(order, runbook), values);
  const platform = platformOf(image);
  const file = evidenceFile(runbook.file, id, platform);
  const known = options.fresh ? undefined : knownResult(store, key);
  const elapsed = (): number => Math.round(performance.now() - begun);
  if (known) {
    writeEvidence(file, known);
    return {
      runbook,
      platform,
      result: { outcome: "proved", proof: known },
      date: known.date,
      cached: true,
      file,
      durationMs: elapsed(),
    };
  }
  await store.open();
  const { result, kept } = await prove(order, runbook, values, options);
  const date = `${new Date().toISOString().slice(0, 19)}Z`;
  const verified = {
    runbook,
    platform,
    result,
    date,
    cached: false,
    durationMs: elapsed(),
    ...(kept !== undefined && { kept }),
  };
  if (result.outcome === "proved") {
    const evidence = evidenceOf(runbook, platform, date, options.commit, result.proof);
    writeEvidence(file, evidence);
    keepResult(store, key, evidence);
    return { ...verified, file };
  }
  if (result.outcome === "blocked") return verified;
  return noteFailure(file, lastFailure(order, runbook, date, options.commit, result.failure))
    ? { ...verified, file }
    : verified;
}

/** The platform's name of an image on this machine. */
export function platformOf(image: Image): string {
  return `lxc-${image.name}-${process.arch === "x64" ? "amd64" : process.arch}`;
}

async function prove(
  order: readonly Runbook[],
  runbook: Runbook,
  values: Record<string, string>,
  options: VerifyOptions,
): Promise<{ result: ProofResult; kept?: string }> {
  const { image, store, contentDir, signal } = options;
  const tell = (stage: string): void => options.tell(runbook.id, stage);
  let layer: string;
  try {
    layer = await ensureLayers(layersBelow(image, order, values), { store, image, contentDir, values, signal, tell });
  } catch (error) {
    if (error instanceof ProofFailed)
      return { result: { outcome: "failed", failure: { ...error.failure, step: null } } };
    throw error;
  }
  const stateDir = mkdtempSync(join(tmpdir(), "runbook-verify-"));
  tell("start");
  const host = await makeLxcHost({ store, image, layer, signal });
  let kept: string | undefined;
  try {
    const secrets = canaries(order);
    const stages = new Stages({
      ...{ order, contentDir, name: runbook.id, values, secrets, stateDir, host, signal },
      ...(options.listen && { listen: (event: RunEvent) => options.listen?.(runbook.id, event) }),
    });
    const result = await proveRunbook(stages, {
      machine: machineNames((await machineSources(image)).names),
      tell,
      onEndState: async () => {
        const { key, title, inputs } = endStateOf(image, order, values);
        const needed = [...options.runbooks.values()].some(({ requires }) =>
          requires.some(({ id }) => id === runbook.id),
        );
        if (!needed || store.layer(key)) return;
        await store.keep(host.volume, { key, kind: "runbook", title, made: new Date().toISOString(), inputs });
      },
    });
    if (result.outcome === "failed" && options.keep) {
      host.keep();
      kept = host.enter;
    }
    return { result, ...(kept !== undefined && { kept }) };
  } finally {
    if (kept === undefined) await host.remove();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

function evidenceOf(
  runbook: Runbook,
  platform: string,
  date: string,
  commit: string,
  proof: Extract<ProofResult, { outcome: "proved" }>["proof"],
): Evidence {
  const { durationMs, host, values, steps, again, restart, undo, residue } = proof;
  return {
    ...{ version: 1, runbook: runbook.id, platform, date, commit, durationMs, host, values, steps },
    ...{ again, restart, undo, residue, lastFailure: null },
  };
}

function lastFailure(
  order: readonly Runbook[],
  runbook: Runbook,
  date: string,
  commit: string,
  { stage, step: id, message }: ProofFailure,
): NonNullable<Evidence["lastFailure"]> {
  const step = runbook.steps.find((own) => own.id === id);
  return {
    date,
    commit,
    stage,
    step: step?.id ?? null,
    hash: step ? stepHash(order, step) : runbookHash(order, runbook),
    message,
  };
}
