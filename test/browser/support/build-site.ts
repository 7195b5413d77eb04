import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildSite } from "../../../scripts/site/build.ts";
import { serveSite } from "../../../scripts/site/serve.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The front page's address. */
    site: string;
    /** What the build printed. */
    buildLog: string;
    /** Names this run of the tests. */
    testRun: string;
  }
}

/** Where the site that is served was built. */
export const built = join(import.meta.dirname, "../../../test-results/site");

/** What it is served under: a path, so that a link which forgets it fails. */
export const base = "/notes/";

/** Builds the site once and serves it. */
export default async function provideSite(project: TestProject): Promise<() => void> {
  project.provide("testRun", `${process.pid} ${Date.now()}`);
  project.provide("buildLog", await buildSite(built, { SITE_URL: "https://notes.example", BASE_PATH: base }));
  const { address, stop } = await serveSite(built, base);
  project.provide("site", address);
  return stop;
}
