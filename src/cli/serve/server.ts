import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { RunbookError } from "../../errors/runbook-error.ts";
import type { Conductor } from "./conductor.ts";
import { type Answer, ownFile, ownPath, type SiteFiles, tagOf } from "./files.ts";
import { refusalOf } from "./gate.ts";
import { cookieName, Keys } from "./keys.ts";
import type { Wish } from "./messages.ts";
import type { PageShell } from "./shell/page-shell.ts";
import type { Windows } from "./windows.ts";

/** Longest request: some values. */
const MOST_BYTES = 256 * 1024;

/** What a server serves. */
export interface Served {
  site: SiteFiles;
  conductor: Conductor;
  shell: PageShell;
  windows: Windows;
  /** Called with the address for the next window, once the one before is spent. */
  onAddress: (address: string) => void;
  /** Called with what went wrong and ends nothing. */
  onTrouble: (message: string) => void;
}

/** A request with the answer to it. */
interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
}

/** Serves on loopback alone, and gives the address of the first window. */
export async function startServer(served: Served, wanted: number): Promise<{ address: string; close: () => void }> {
  const keys = new Keys();
  let port = wanted;
  const addressNow = (): string => `http://127.0.0.1:${port}${served.site.base}?token=${keys.token}`;
  const server = createServer((request, response) => {
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("referrer-policy", "no-referrer");
    response.setHeader("x-frame-options", "DENY");
    const url = urlOf(request);
    if (!url) return send(response, 400, "This is no address.");
    const spent = letIn({ request, response, url }, keys, port);
    if (spent) served.onAddress(addressNow());
    if (spent !== undefined) return;
    answer({ request, response, url }, { served, keys, port }).catch((error: unknown) => fail(response, error));
  });
  // Nothing here speaks WebSocket, for whoever asks.
  server.on("upgrade", (_request, socket) => socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n"));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(wanted, "127.0.0.1", resolve);
  });
  // A connection that can't be accepted, for want of descriptors, ends nothing.
  server.on("error", (error) => served.onTrouble(error.message));
  ({ port } = server.address() as AddressInfo);
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { address: addressNow(), close };
}

/** The address that a request asks for; none where its text means nothing, which anybody can send. */
function urlOf({ url = "/" }: IncomingMessage): URL | undefined {
  const parsed = URL.parse(url, "http://localhost");
  if (!parsed) return undefined;
  try {
    decodeURIComponent(parsed.pathname);
    return parsed;
  } catch {
    return undefined;
  }
}

/** Exchanges a token for the cookie. True where it did, false where it refused, undefined where there is no token. */
function letIn({ request, response, url }: Exchange, keys: Keys, port: number): boolean | undefined {
  const host = request.headers.host ?? "";
  const token = url.searchParams.get("token");
  if (token === null || request.method !== "GET" || host !== `127.0.0.1:${port}`) return undefined;
  const cookie = keys.exchange(token);
  // Somebody who is in already comes back by the same address.
  if (cookie === undefined && !keys.isKnown(request.headers.cookie, port)) {
    send(response, 401, "This address was used already; `runbook serve` printed a new one.");
    return false;
  }
  url.searchParams.delete("token");
  const headers = {
    location: `${url.pathname}${url.search}`,
    "cache-control": "no-store",
    ...(cookie && { "set-cookie": `${cookieName(port)}=${cookie}; HttpOnly; SameSite=Strict; Path=/` }),
  };
  response.writeHead(303, headers).end();
  return cookie !== undefined;
}

async function answer(
  { request, response, url }: Exchange,
  { served, keys, port }: { served: Served; keys: Keys; port: number },
): Promise<void> {
  const refusal = refusalOf(request, port, keys);
  if (refusal) return send(response, refusal.status, refusal.message);
  const { pathname } = url;
  if (request.method === "POST" && pathname.startsWith(ownPath)) {
    return await act(pathname.slice(ownPath.length), await bodyOf(request), served, response);
  }
  if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, "This takes no such request.");
  if (pathname === `${ownPath}events`) return served.windows.add(response);
  if (pathname === `${ownPath}state`) {
    return json(response, 200, await served.conductor.state(url.searchParams.get("id") ?? ""));
  }
  if (pathname.startsWith(ownPath)) {
    const own = ownFile(pathname.slice(ownPath.length));
    return own ? file(request, response, own) : send(response, 404, "There is no such file.");
  }
  file(request, response, served.site.read(decodeURIComponent(pathname)));
}

/** What a window asks to be done. That it was begun is all the answer: what comes of it is told to every window. */
async function act(
  what: string,
  body: Record<string, unknown>,
  { conductor, shell }: Served,
  response: ServerResponse,
): Promise<void> {
  const number = Number(body["number"]);
  if (what === "stop") conductor.stop();
  else if (what === "answer") conductor.answer(number, body["yes"] === true);
  else if (what === "type") shell.type(number, textOf(body["text"]));
  else if (what === "size") shell.resize(number, Number(body["columns"]), Number(body["rows"]));
  else if (what === "leave") shell.close(number);
  else if (what === "run") await conductor.exec(wishOf(body));
  else if (what === "resume") await conductor.resume(wishOf(body));
  else if (what === "undo") await conductor.undo(wishOf(body));
  else return send(response, 404, "There is no such request.");
  json(response, 202, {});
}

/** A wish as it must look; its values are checked against their parameters where the plan is made. */
function wishOf({ id, values, secrets, step, shell }: Record<string, unknown>): Wish {
  return {
    id: textOf(id),
    values: textsOf(values),
    secrets: textsOf(secrets),
    shell: shell === true,
    ...(step === undefined ? {} : { step: textOf(step) }),
  };
}

function textOf(value: unknown): string {
  if (typeof value !== "string") throw malformed();
  return value;
}

function textsOf(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed();
  const entries = Object.entries(value);
  if (entries.some(([, text]) => typeof text !== "string")) throw malformed();
  return Object.fromEntries(entries) as Record<string, string>;
}

function malformed(): RunbookError {
  return new RunbookError("bad-value", "The request is none that a page of this site sends.");
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request) {
    bytes += (piece as Buffer).length;
    if (bytes > MOST_BYTES) throw malformed();
    pieces.push(piece as Buffer);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(pieces).toString("utf8"));
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw malformed();
}

function file(request: IncomingMessage, response: ServerResponse, { status, type, body }: Answer): void {
  const etag = tagOf(body);
  if (status === 200 && request.headers["if-none-match"] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  response.writeHead(status, {
    "content-type": type,
    "content-length": body.length,
    "cache-control": "no-cache",
    etag,
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(value));
}

function send(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(`${message}\n`);
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known = error instanceof RunbookError;
  const message = error instanceof Error ? error.message : String(error);
  json(response, known ? 409 : 500, { message, hint: (known && error.hint) || "" });
}
