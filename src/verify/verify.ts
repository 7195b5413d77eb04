import { RunbookError } from "../errors/runbook-error.ts";
import type { Evidence } from "../evidence/schema.ts";
import { runbookHash, stepHash } from "../language/meaning/hash.ts";
import { runbookOrder } from "../language/meaning/order.ts";
import type { Runbook } from "../language/model/runbook.ts";
import { blockedBy } from "./blocked.ts";
import { writePackages } from "./evidence/package-list.ts";
import { saysTheSame } from "./evidence/same-proof.ts";
import { evidenceFile, noteFailure, readEvidence, writeEvidence } from "./evidence/write.ts";
import { layersBelow } from "./layer/layer-inputs.ts";
import { keepResult, knownResult, resultKey } from "./layer/results.ts";
import { platformOf } from "./machine/image/images.ts";
import type { VerifyOptions } from "./options.ts";
import { errorOf, ProofLog } from "./proof-log.ts";
import { type CaseResult, proveCase } from "./prove-case.ts";
import type { ProofFailure, ProofResult } from "./stage/findings/verdict.ts";
import { valuesOf } from "./stage/given-values.ts";
import { explainFailure } from "./why/explain.ts";

/** The result of verifying one runbook. */
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
  const order = runbookOrder(options.runbooks, id);
  const runbook = order.at(-1);
  if (!runbook) throw new RangeError(`There is no runbook ${id}.`);
  const log = new ProofLog(runbook, platformOf(options.image), options.listen);
  try {
    const verified = await prove(order, runbook, options, log);
    log.finish(endOf(verified, log));
    return verified;
  } catch (error) {
    log.broken(error);
    throw error;
  }
}

/** The result of a verified runbook, as the proof's last event has it. */
function endOf({ result, date, cached, file, kept }: Verified, log: ProofLog): Parameters<ProofLog["finish"]>[0] {
  const left = { ...(file !== undefined && { evidence: file }), ...(kept !== undefined && { kept }) };
  if (result.outcome === "failed") return { outcome: "failed", error: errorOf(result.failure), ...left };
  if (result.outcome === "blocked") {
    return { outcome: "blocked", error: log.errorAtRunbook("blocked", result.message, result.hint) };
  }
  const notProved = result.proof.steps.filter(({ reason }) => reason === "guard").map((step) => step.id);
  return { outcome: "passed", ...left, ...(cached && { since: date }), ...(notProved.length > 0 && { notProved }) };
}

async function prove(
  order: readonly Runbook[],
  runbook: Runbook,
  options: VerifyOptions,
  log: ProofLog,
): Promise<Verified> {
  const begun = performance.now();
  const { id } = runbook;
  const platform = platformOf(options.image);
  const file = evidenceFile(runbook.file, id, platform);
  const verified = (result: ProofResult, date: string, more: Partial<Verified> = {}): Verified => ({
    ...{ runbook, platform, result, date, cached: false, durationMs: Math.round(performance.now() - begun) },
    ...more,
  });
  const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;
  let values: Record<string, string>;
  try {
    values = valuesOf(order);
  } catch (error) {
    if (!(error instanceof RunbookError) || error.code !== "blocked") throw error;
    return verified({ outcome: "blocked", message: error.message, hint: error.hint ?? "" }, now());
  }
  const blocked = blockedBy(order, { kind: options.image.kind, sealed: options.sealed });
  if (blocked) return verified({ outcome: "blocked", ...blocked }, now());
  const key = keyOf(order, runbook, values, options);
  const known = key === undefined || options.fresh ? undefined : knownResult(options.store, key);
  const before = readEvidence(file);
  // A runbook that failed since then is not called proved.
  if (known && !(before?.lastFailure && before.lastFailure.date > known.evidence.date)) {
    const { evidence, packages } = known;
    if (!saysTheSame(before, evidence)) {
      writeEvidence(file, evidence);
      writePackages(file, packages);
    }
    const proof = { script: "skipped", copied: "skipped", ...evidence, packages } as const;
    return verified({ outcome: "proved", proof }, evidence.date, { cached: true, file });
  }
  if (options.image.kind !== "here") await options.store.open();
  const { result, kept, packages, given = values } = await proveCases(order, values, options, log);
  const date = now();
  const left = kept === undefined ? {} : { kept };
  if (result.outcome === "blocked") return verified(result, date, left);
  if (result.outcome === "proved") {
    const evidence = evidenceOf(runbook, platform, date, options.commit, result.proof);
    writeEvidence(file, evidence);
    writePackages(file, result.proof.packages);
    if (key !== undefined) keepResult(options.store, key, { evidence, packages: result.proof.packages });
    return verified(result, date, { file });
  }
  if (packages) {
    const { failure } = result;
    log.endStage("failed", errorOf(failure));
    const words = await explainFailure({ order, values: given, failure, packages, file, platform }, options, log);
    result.failure = { ...failure, hint: [failure.hint, words].filter(Boolean).join("\n") };
  }
  const noted = noteFailure(file, lastFailure(order, runbook, date, options.commit, result.failure));
  return verified(result, date, { ...left, ...(noted && { file }) });
}

/** What the result depends on: what the proof stands on, what the runbook means, and what its page says of the proof. What this machine is nobody knows. */
function keyOf(
  order: readonly Runbook[],
  runbook: Runbook,
  values: Record<string, string>,
  { image, sealed }: VerifyOptions,
): string | undefined {
  if (image.kind === "here") return undefined;
  const below = layersBelow({ image, sealed }, order, values).at(-1)?.key ?? "";
  const sets = (runbook.verify?.values ?? []).map((set) => set.map(({ name, value }) => [name, value]));
  const given = [values, ...sets, ...(runbook.verify?.transient === undefined ? [] : ["transient"])];
  return resultKey(below, runbookHash(order, runbook), given, sealed);
}

/** Proves with the defaults, and then with each further set of values that the page names. */
async function proveCases(
  order: readonly Runbook[],
  values: Record<string, string>,
  options: VerifyOptions,
  log: ProofLog,
): Promise<CaseResult> {
  log.given(values);
  const first = await proveCase(order, values, options, log);
  for (const set of order.at(-1)?.verify?.values ?? []) {
    if (first.result.outcome !== "proved") return first;
    const given = { ...values, ...Object.fromEntries(set.map(({ name, value }) => [name, value])) };
    const words = set.map(({ name, value }) => `${name}=${value}`).join(" ");
    log.endStage("passed");
    log.given(given);
    const { result, ...rest } = await proveCase(order, given, options, log);
    if (result.outcome === "proved") continue;
    if (result.outcome === "blocked") return { result: { ...result, message: `With ${words}: ${result.message}` } };
    const failure = { ...result.failure, message: `With ${words}: ${result.failure.message}` };
    return { result: { outcome: "failed", failure }, ...rest, given };
  }
  return first;
}

function evidenceOf(
  runbook: Runbook,
  platform: string,
  date: string,
  commit: string,
  proof: Extract<ProofResult, { outcome: "proved" }>["proof"],
): Evidence {
  const { durationMs, host, values, steps, again, restart, undo, script, copied, residue } = proof;
  return {
    ...{ version: 1, runbook: runbook.id, platform, date, commit, durationMs, host, values, steps },
    ...{ again, restart, undo, script, copied, residue, lastFailure: null },
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
