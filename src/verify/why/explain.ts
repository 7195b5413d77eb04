import type { Runbook } from "../../language/model/runbook.ts";
import { readPackages } from "../evidence/package-list.ts";
import { readEvidence } from "../evidence/write.ts";
import type { VerifyOptions } from "../options.ts";
import { ProofLog } from "../proof-log.ts";
import { type CaseResult, proveCase } from "../prove-case.ts";
import type { ProofFailure } from "../stage/findings/verdict.ts";
import { findCulprit, sameFailure, type Trial, whyWords } from "./culprit.ts";
import { holdBack } from "./hold-back.ts";
import { changeWords, type PackageChange, packageChanges } from "./package-changes.ts";

/** The facts about a proof that failed. */
export interface Broken {
  order: readonly Runbook[];
  values: Record<string, string>;
  failure: ProofFailure;
  packages: NonNullable<CaseResult["packages"]>;
  /** The evidence file of the last proof that held. */
  file: string;
  platform: string;
}

/** Says which packages changed since the last proof that held, and looks for the one that the failure comes from. */
export async function explainFailure(broken: Broken, options: VerifyOptions, log: ProofLog): Promise<string> {
  const { order, values, failure, packages, file, platform } = broken;
  const before = readPackages(file);
  const evidence = readEvidence(file);
  if (!before || !evidence)
    return "No earlier proof of it says which packages its host had, so what changed can't be told.";
  const changes = packageChanges(before, packages, new Set(Object.keys(evidence.host.tools)));
  const tryWithout = async (change: PackageChange): Promise<Trial> => {
    log.begin("why", `prove with ${changeWords(change)} held back`);
    let held = true;
    const runbook = order.at(-1) as Runbook;
    const silent = new ProofLog(runbook, platform, () => {});
    const { keep: _, shell: __, ...rest } = options;
    const prepare: VerifyOptions["prepare"] = async (host) => {
      held = await holdBack(host, change);
      return held;
    };
    const { result } = await proveCase(order, values, { ...rest, keep: false, why: false, prepare }, silent);
    if (!held || result.outcome === "blocked") return "unavailable";
    return result.outcome === "failed" && sameFailure(result.failure, failure) ? "same" : "other";
  };
  return whyWords(await findCulprit(changes, tryWithout), evidence.date);
}
