import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright";
import { afterAll, beforeAll, inject, vi } from "vitest";
import { buildSite, copyProject } from "../../../scripts/site/build.ts";
import { type ServedSite, serveSite } from "../../../scripts/site/serve.ts";
import type { Evidence, StepEvidence } from "../../../src/evidence/index.ts";
import { readPage } from "../../../src/language/read/read-page.ts";
import { evidenceOf } from "../../evidence/support/evidence.ts";
import { launch } from "./browser.ts";

const root = join(import.meta.dirname, "../../..");

/** The page that has evidence, below the front page. */
export const provedPage = "fixtures/machine/";

/** A phase with output that would act if it weren't text. */
const hostile = {
  phase: "run",
  exitCode: 0,
  durationMs: 5900,
  output: `<script>alert(1)</script> & "quoted"\n\u001b[31mred\u001b[0m\nloading\rloaded\n\u0007`,
  cut: false,
} as const;

const long = Array.from({ length: 300 }, (_, line) => `line ${line}\n`).join("");

/** Evidence on two platforms: on one all is proved, on the other there is a step of each other kind. */
function evidenceFiles(fresh: Evidence): Evidence[] {
  const steps = (...changes: Partial<StepEvidence>[]): StepEvidence[] =>
    fresh.steps.map((step, index) => ({ ...step, ...changes[index] }));
  const proved: Evidence = {
    ...fresh,
    steps: steps({
      downloadedBytes: 12_000_000,
      phases: [
        { phase: "guard", exitCode: 1, durationMs: 20, output: "", cut: false },
        hostile,
        { ...hostile, phase: "proof", output: long, cut: true },
      ],
    }),
    residue: [{ kind: "package", name: "vim", change: "added", keeps: "others may use it" }],
    script: "passed",
    copied: "passed",
  };
  const mixed: Evidence = {
    ...fresh,
    platform: "qemu-debian-13-amd64",
    date: "2026-11-20T10:00:00Z",
    restart: "skipped",
    steps: steps(
      {},
      { outcome: "skipped", reason: "guard", exitCode: null, phases: [] },
      { outcome: "skipped", reason: "when", exitCode: null, phases: [] },
      {},
      { hash: `sha256-${"0".repeat(64)}` },
    ),
    lastFailure: {
      date: "2026-11-22T10:00:00Z",
      commit: fresh.commit,
      stage: "restart",
      step: "start",
      hash: fresh.steps[3]?.hash ?? null,
      message: "start-machine: no such <machine>",
    },
  };
  return [proved, mixed];
}

/** A browser, and the site with one more page, for the tests of a file. */
export interface ProofSite {
  browser: Browser;
  served: ServedSite;
}

/** Has them there before a file's tests, and ends them after. */
export function useProofSite(): ProofSite {
  const site: Partial<ProofSite> = {};
  beforeAll(async () => {
    const serve = async (): Promise<ServedSite> => serveSite(await buildProofSite(), "/");
    [site.browser, site.served] = await Promise.all([launch(), serve()]);
  });
  afterAll(async () => {
    await site.browser?.close();
    site.served?.stop();
  });
  return site as ProofSite;
}

/**
 * Builds the site with one more page, which has evidence beside it, for the root of a server that it does not know; a
 * run of the tests builds it once.
 */
export async function buildProofSite(): Promise<string> {
  const name = "proof-project";
  const folder = join(root, "test-results", name);
  const [outDir, mark] = [join(folder, "dist"), join(folder, "built-by")];
  const run = inject("testRun");
  const isBuilt = (): boolean => existsSync(mark) && readFileSync(mark, "utf8") === run;
  if (!isBuilt() && isFirst(`${folder}.${run.replace(" ", "-")}`)) {
    copyProject(name, await provedContent());
    await buildSite(outDir, { SITE_URL: "", BASE_PATH: "" }, folder);
    writeFileSync(mark, run);
  }
  await vi.waitUntil(isBuilt, { timeout: 170_000, interval: 200 });
  return outDir;
}

/** Whether nobody was here before: two workers need the site at once, and one builds it. */
function isFirst(place: string): boolean {
  try {
    mkdirSync(place);
    return true;
  } catch {
    return false;
  }
}

async function provedContent(): Promise<Record<string, string>> {
  const page = readFileSync(join(import.meta.dirname, "../fixtures/proof/machine.md"), "utf8");
  const { runbook } = await readPage(page, { file: "content/fixtures/machine.md" });
  const evidence = evidenceFiles(evidenceOf(runbook ? [runbook] : [])).map((one) => [
    `fixtures/evidence/${one.runbook}@${one.platform}.json`,
    JSON.stringify(one),
  ]);
  return { "fixtures/machine.md": page, ...Object.fromEntries(evidence) };
}
