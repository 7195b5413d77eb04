import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildSite, copyProject } from "../site/build.ts";
import { makeBareSite } from "./bare-starlight.ts";
import { median } from "./measure.ts";

const content = join(import.meta.dirname, "../../content");

/** This site compared with a bare Starlight site of the same pages. */
export interface SiteRatios {
  /** The ratio of the build times. */
  build: number;
  /** The ratio of the sizes of a page by what it is, gzipped: its HTML, and all CSS and JavaScript that it loads. */
  bytes: Record<keyof typeof weighed, number>;
}

const weighed = {
  "a page without a form": "topics/isolation/index.html",
  "a page with a drawing": "lxc/index.html",
  "a runbook, with its form": "lxc/lxc-new/index.html",
} as const;

/** Builds both sites in turns and compares them. */
export async function compareSites(rounds: number): Promise<SiteRatios> {
  const own = copyProject("bench-own", {});
  const bare = await makeBareSite("bench-bare", content);
  try {
    const taken = { own: [] as number[], bare: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      taken.bare.push(await timeBuild(bare));
      taken.own.push(await timeBuild(own));
    }
    const bytes = Object.fromEntries(
      Object.entries(weighed).map(([name, page]) => [
        name,
        pageBytes(join(own, "dist"), page) / pageBytes(join(bare, "dist"), page),
      ]),
    ) as SiteRatios["bytes"];
    return { build: median(taken.own) / median(taken.bare), bytes };
  } finally {
    for (const folder of [own, bare]) rmSync(folder, { recursive: true, force: true });
  }
}

/** The build time of one additional page, in milliseconds: between the first and the second count, and between the second and the third. */
export async function measureGrowth(counts: readonly [number, number, number]): Promise<[number, number]> {
  const times: number[] = [];
  for (const count of counts) {
    const folder = copyProject("bench-growth", {});
    const topics = join(folder, "content/topics");
    const text = readFileSync(join(topics, "isolation.mdx"), "utf8");
    for (let index = 0; index < count; index++) {
      writeFileSync(join(topics, `page-${index}.mdx`), text.replace(/^title: .*$/m, `title: Page ${index}`));
    }
    times.push(await timeBuild(folder));
    rmSync(folder, { recursive: true, force: true });
  }
  const [first = 0, second = 0, third = 0] = times;
  return [(second - first) / (counts[1] - counts[0]), (third - second) / (counts[2] - counts[1])];
}

async function timeBuild(folder: string): Promise<number> {
  const begun = performance.now();
  await buildSite(join(folder, "dist"), {}, folder);
  return performance.now() - begun;
}

/** The size of a page with everything that it loads before the reader does anything. */
function pageBytes(dist: string, page: string): number {
  const html = readFileSync(join(dist, page), "utf8");
  // A browser with scripts loads nothing of these.
  const loaded = html.replaceAll(/<noscript>.*?<\/noscript>/gs, "");
  const files = new Set<string>();
  const take = (path: string): void => {
    if (files.has(path) || !existsSync(join(dist, path))) return;
    files.add(path);
    if (!path.endsWith(".js")) return;
    const script = readFileSync(join(dist, path), "utf8");
    for (const [, name = ""] of script.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) take(`/_astro/${name}`);
  };
  for (const [, path = ""] of loaded.matchAll(/(?:src|href)="(\/_astro\/[^"]+\.(?:js|css))"/g)) take(path);
  const size = (text: Uint8Array | string): number => gzipSync(text, { level: 9 }).length;
  return [...files].reduce((sum, path) => sum + size(readFileSync(join(dist, path))), size(html));
}
