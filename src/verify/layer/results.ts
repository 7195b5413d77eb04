import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { STAGES } from "../../evidence/events.ts";
import { parseEvidence } from "../../evidence/parse.ts";
import type { Evidence } from "../../evidence/schema.ts";
import { writeWhole } from "../../write-whole.ts";
import { type PackageList, packagesText, parsePackages } from "../evidence/package-list.ts";
import { evidenceText } from "../evidence/write.ts";
import { layerKey } from "../machine/image/build-image.ts";
import type { Store } from "../machine/store.ts";
import { RUNNER_MEANING } from "./layer-inputs.ts";

/** The key of a proof's result: what it stands on, what the runbook means, with which values, by which runner and stages. */
export function resultKey(below: string, meaning: string, cases: readonly unknown[], sealed: boolean): string {
  const given = JSON.stringify(cases);
  return layerKey({
    below,
    meaning,
    given,
    runner: RUNNER_MEANING,
    stages: STAGES.filter((stage) => stage !== "why").join(" "),
    ...(sealed && { network: "none" }),
  });
}

/** The result of a proof that held, as it is shown later. */
export interface KeptResult {
  evidence: Evidence;
  packages: PackageList;
}

/** What was proved on this machine under the same key. Evidence that is committed is never asked: it may be of another machine. */
export function knownResult(store: Store, key: string): KeptResult | undefined {
  const folder = join(store.dir, "results", key);
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  // Results of earlier runners have no list of packages; they are proved anew.
  if (!["name", "packages"].every((name) => existsSync(join(folder, name)))) return undefined;
  const { evidence } = parseEvidence(read("evidence"), read("name"));
  return evidence && { evidence, packages: parsePackages(read("packages")) };
}

/** Keeps what was proved. */
export function keepResult(store: Store, key: string, { evidence, packages }: KeptResult): void {
  const folder = join(store.dir, "results", key);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const [name, text] of [
    ["evidence", evidenceText(evidence)],
    ["packages", packagesText(packages)],
    // Renamed last: a result counts only under its final name.
    ["name", `${evidence.runbook}@${evidence.platform}.json`],
  ] as const) {
    writeWhole(join(folder, name), text);
  }
}
