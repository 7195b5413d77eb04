import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { createGzip } from "node:zlib";

const types: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** A running server of a site. */
export interface ServedSite {
  /** The front page's address. */
  address: string;
  stop: () => void;
}

/** Serves a built site like a plain file server, with the site's own 404 page, and compresses texts for clients that accept that. */
export async function serveSite(built: string, base: string): Promise<ServedSite> {
  const server = createServer(({ url = "/", headers }, response) => {
    const file = fileOf(built, base, decodeURIComponent(new URL(url, "http://localhost").pathname));
    const found = file ?? join(built, "404.html");
    const type = types[extname(found)] ?? "application/octet-stream";
    const packs = /text|json|svg/.test(type) && /\bgzip\b/.test(String(headers["accept-encoding"]));
    response.writeHead(file ? 200 : 404, { "content-type": type, ...(packs && { "content-encoding": "gzip" }) });
    const stream = createReadStream(found);
    (packs ? stream.pipe(createGzip()) : stream).pipe(response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${port}${base}`, stop };
}

function fileOf(built: string, base: string, path: string): string | undefined {
  if (!path.startsWith(base)) return undefined;
  const file = join(built, normalize(path.slice(base.length)), path.endsWith("/") ? "index.html" : "");
  return file.startsWith(built) && existsSync(file) && statSync(file).isFile() ? file : undefined;
}
