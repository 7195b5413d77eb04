import type { IncomingMessage } from "node:http";
import type { Keys } from "./keys.ts";

/** Why a request is refused. */
export interface Refusal {
  status: 401 | 403 | 415 | 421;
  message: string;
}

/**
 * Decides which requests come from a window of this server's own:
 *
 * 1. `Host` is a loopback name with this port. A name that somebody else made lead here (DNS rebinding) is not.
 * 2. No browser says that another origin sent it: `Origin` and `Sec-Fetch-Site` are this server's own, or absent.
 * 3. It has the cookie, which no script can read and which is sent to no request from elsewhere.
 * 4. What changes something says its origin, and is JSON, which no form of another page can send.
 */
export function refusalOf(request: IncomingMessage, port: number, keys: Keys): Refusal | undefined {
  const { headers, method } = request;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? "")) return { status: 421, message: "This is another host's name." };
  const own = `http://${headers.host}`;
  if (headers.origin !== undefined && headers.origin !== own) return foreign;
  const site = headers["sec-fetch-site"];
  // A window that is opened by typing an address says `none`; following a link from elsewhere to it is no harm to read.
  const navigates = headers["sec-fetch-mode"] === "navigate" && method === "GET";
  if (site !== undefined && site !== "same-origin" && site !== "none" && !navigates) return foreign;
  if (!keys.isKnown(headers.cookie, port)) {
    return { status: 401, message: "Open the address that `runbook serve` printed in its terminal." };
  }
  if (method === "GET" || method === "HEAD") return undefined;
  if (headers.origin !== own) return foreign;
  if (headers["content-type"] !== "application/json") return { status: 415, message: "This takes JSON." };
  return undefined;
}

const foreign: Refusal = { status: 403, message: "Another origin may not ask this server." };
