import { cpSync, globSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./browser.ts";

/** A copy of the site's sources that a test may write to; packages are found where the checkout has them. */
export function copySite(name: string): string {
  // Vite watches nothing below a folder named test-results.
  const folder = join(root, "test-sites", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of ["content", "src", ...globSync("*.{mjs,json}", { cwd: root })]) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  return folder;
}

/** Astro's command, for a copy. */
export const astro = join(root, "node_modules/astro/bin/astro.mjs");

/** What it runs in. */
export const astroEnv = {
  ASTRO_TELEMETRY_DISABLED: "1",
  VITEST: "",
  NODE_ENV: "",
  SITE_URL: "",
  BASE_PATH: "",
  NO_COLOR: "1",
};
