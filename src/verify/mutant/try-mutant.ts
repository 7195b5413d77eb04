import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { runbookOrder } from "../../language/meaning/order.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import { loadRunbooks } from "../../library/library.ts";
import { KnownAddresses } from "../evidence/known-addresses.ts";
import { makeLxcHost } from "../machine/lxc/lxc-host.ts";
import type { VerifyOptions } from "../options.ts";
import { canaries } from "../stage/given-values.ts";
import { proveRunbook } from "../stage/proof.ts";
import { Stages } from "../stage/stages.ts";
import type { Mutant } from "./mutants.ts";

/** The result of a fault: which check found it and how, or that none did. */
export type Fate =
  | { caught: true; by: string; message: string; durationMs: number }
  | { caught: false; durationMs: number };

/** The inputs of trying a fault. */
export interface TryOptions {
  /** The texts of the pages, of the runbook itself last. */
  texts: readonly { runbook: Runbook; text: string }[];
  /** Layers by step: the host as it was before it. */
  states: ReadonlyMap<string, string>;
  values: Record<string, string>;
  verify: VerifyOptions;
}

/** Checks and, where the check finds nothing, proves a page with a fault, until something finds it. */
export async function tryMutant(mutant: Mutant, options: TryOptions): Promise<Fate> {
  const begun = performance.now();
  const took = (): number => Math.round(performance.now() - begun);
  const folder = mkdtempSync(join(tmpdir(), "runbook-mutant-"));
  try {
    const contentDir = join(folder, "pages");
    mkdirSync(contentDir);
    for (const { runbook, text } of options.texts) {
      const own = runbook === options.texts.at(-1)?.runbook;
      writeFileSync(join(contentDir, `${runbook.id}-${basename(runbook.file)}`), own ? mutant.page : text);
    }
    const id = options.texts.at(-1)?.runbook.id ?? "";
    const library = await loadRunbooks(contentDir, id);
    const [found] = library.diagnostics;
    if (found) return { caught: true, by: `check (${found.code})`, message: found.message, durationMs: took() };
    const order = runbookOrder(library.runbooks, id);
    const { stage, message } = (await prove(mutant, order, join(folder, "state"), contentDir, options)) ?? {};
    return stage === undefined
      ? { caught: false, durationMs: took() }
      : { caught: true, by: stage, message: message ?? "", durationMs: took() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prove(
  { step }: Mutant,
  order: readonly Runbook[],
  stateDir: string,
  contentDir: string,
  { states, values, verify }: TryOptions,
): Promise<{ stage: string; message: string } | undefined> {
  const { store, image, signal } = verify;
  mkdirSync(stateDir, { mode: 0o700 });
  const host = await makeLxcHost({ store, image, layer: states.get(step) ?? "", signal });
  try {
    const name = order.at(-1)?.id ?? "";
    const stages = new Stages({ order, contentDir, name, values, secrets: canaries(order), stateDir, host, signal });
    const result = await proveRunbook(stages, {
      // No evidence is kept, so no name of the machine has to be removed.
      machine: { names: new Map(), addresses: new KnownAddresses([]) },
      scripts: [],
      begin: () => {},
    });
    if (result.outcome === "proved") {
      // `verify` says so of each such step; of the earlier ones the host has the work already.
      const skipped = result.proof.steps.some(({ id, reason }) => id === step && reason === "guard");
      return skipped ? { stage: "not proved", message: "Its guard skipped the step at once." } : undefined;
    }
    if (result.outcome === "blocked") return { stage: "blocked", message: result.message };
    return { stage: result.failure.stage, message: result.failure.message };
  } finally {
    await host.remove();
  }
}
