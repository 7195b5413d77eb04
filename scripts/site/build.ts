import { cpSync, globSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { execa } from "execa";

const checkout = join(import.meta.dirname, "../..");

/** The environment without Vitest's variables: Vite would take them as settings of the build. */
const withoutTestRunner = Object.fromEntries(
  ["VITEST", "TEST", "BASE_URL", "MODE", "DEV", "PROD", "SSR"].map((name) => [name, undefined]),
);

/** Builds the site of a project, by default of the checkout, and returns the output of the build. */
export async function buildSite(outDir: string, env: Record<string, string>, root = checkout): Promise<string> {
  // Pages rendered by an older plugin, or for another path, must not be reused.
  rmSync(join(root, ".cache/astro"), { recursive: true, force: true });
  const astro = join(root, "node_modules/astro/bin/astro.mjs");
  const { all } = await execa(process.execPath, [astro, "build", "--outDir", outDir], {
    cwd: root,
    all: true,
    env: { ...withoutTestRunner, ASTRO_TELEMETRY_DISABLED: "1", NODE_ENV: "production", ...env },
  });
  return all;
}

/**
 * Copies the files that a build needs, adds further files below content/ by path, and returns the folder. The folder is in the
 * checkout: the packages are linked, and elsewhere Astro would not find them by their names.
 */
export function copyProject(name: string, content: Readonly<Record<string, string>>): string {
  const folder = join(checkout, "test-results", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const configs = globSync("*.config.mjs", { cwd: checkout });
  for (const part of ["src", "content", "package.json", "tsconfig.json", ...configs]) {
    // The evidence of the notes is not copied: the pages that tests see must not change with each proof.
    const filter = (path: string): boolean => part !== "content" || basename(path) !== "evidence";
    cpSync(join(checkout, part), join(folder, part), { recursive: true, filter });
  }
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
  for (const [path, text] of Object.entries(content)) {
    const file = join(folder, "content", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}
