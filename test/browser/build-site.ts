import { createReadStream, existsSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { execa } from "execa";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The front page's address. */
    site: string;
    /** What the build printed. */
    buildLog: string;
  }
}

const root = join(import.meta.dirname, "../..");
/** Where the site that is served was built. */
export const built = join(root, "test-results/site");

/** What it is served under: a path, so that a link which forgets it fails. */
export const base = "/notes/";

const types: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Builds the site into a folder and returns what the build printed. */
export async function buildSite(folder: string, env: Record<string, string>): Promise<string> {
  // Pages rendered by an older plugin, or for another path, must not be reused.
  rmSync(join(root, ".cache/astro"), { recursive: true, force: true });
  const astro = join(root, "node_modules/astro/bin/astro.mjs");
  const { all } = await execa(process.execPath, [astro, "build", "--outDir", folder], {
    cwd: root,
    all: true,
    env: { ASTRO_TELEMETRY_DISABLED: "1", NODE_ENV: "production", VITEST: "", ...env },
  });
  return all;
}

/** Builds the site once and serves it as a plain file server does, its own 404 page included. */
export default async function serveSite(project: TestProject): Promise<() => void> {
  const all = await buildSite(built, { SITE_URL: "https://notes.example", BASE_PATH: base });
  const server = createServer(({ url = "/" }, response) => {
    const file = fileOf(decodeURIComponent(new URL(url, "http://localhost").pathname));
    const found = file ?? join(built, "404.html");
    response.writeHead(file ? 200 : 404, { "content-type": types[extname(found)] ?? "application/octet-stream" });
    createReadStream(found).pipe(response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  project.provide("site", `http://127.0.0.1:${port}${base}`);
  project.provide("buildLog", all);
  return () => {
    server.closeAllConnections();
    server.close();
  };
}

function fileOf(path: string): string | undefined {
  if (!path.startsWith(base)) return undefined;
  const file = join(built, normalize(path.slice(base.length)), path.endsWith("/") ? "index.html" : "");
  return file.startsWith(built) && existsSync(file) && statSync(file).isFile() ? file : undefined;
}
