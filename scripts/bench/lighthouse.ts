import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { buildSite } from "../site/build.ts";
import { serveSite } from "../site/serve.ts";

/** Installed only for this measurement, not with the tests: it is larger than all other packages together. */
const lighthouse = "lighthouse@13.5.0";

const checkout = join(import.meta.dirname, "../..");
const debian = "/usr/bin/chromium";

/** A page's scores by category, from 0 to 100: of the scores for phone and desktop the lower ones. */
export interface PageScores {
  address: string;
  scores: Record<string, number>;
}

/** Builds the site and measures these pages with Lighthouse. Their names are relative to the front page's address. */
export async function lighthouseScores(pages: readonly string[]): Promise<PageScores[]> {
  const program = await install();
  const built = join(checkout, "test-results/lighthouse-site");
  // The build needs to know the address of the server.
  mkdirSync(built, { recursive: true });
  const site = await serveSite(built, "/");
  try {
    await buildSite(built, { SITE_URL: site.address });
    const all: PageScores[] = [];
    for (const address of pages) {
      const phone = await look(program, site.address + address, []);
      const desktop = await look(program, site.address + address, ["--preset=desktop"]);
      const scores = Object.entries(phone).map(([name, score]) => [name, Math.min(score, desktop[name] ?? 0)]);
      all.push({ address, scores: Object.fromEntries(scores) });
    }
    return all;
  } finally {
    site.stop();
    rmSync(built, { recursive: true, force: true });
  }
}

async function install(): Promise<string> {
  const folder = join(checkout, ".cache", lighthouse.replace("@", "-"));
  const program = join(folder, "node_modules/lighthouse/cli/index.js");
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), "{}\n");
    await execa("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", lighthouse], { cwd: folder });
  }
  return program;
}

async function look(program: string, url: string, options: readonly string[]): Promise<Record<string, number>> {
  const flags = ["--headless=new", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
  const args = [program, url, "--quiet", "--output=json", `--chrome-flags=${flags.join(" ")}`, ...options];
  const { stdout } = await execa(process.execPath, args, {
    env: existsSync(debian) ? { CHROME_PATH: debian } : {},
  });
  const { categories } = JSON.parse(stdout) as { categories: Record<string, { score: number | null }> };
  return Object.fromEntries(
    Object.entries(categories).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)]),
  );
}
