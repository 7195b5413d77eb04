import { randomBytes, timingSafeEqual } from "node:crypto";

/** The cookie's name. A cookie is for all ports of a host, so the server's own port is part of the name. */
export const cookieName = (port: number): string => `runbook-${port}`;

/** The keys of a browser: a token that works once, and the cookie that it is exchanged for. */
export class Keys {
  readonly #cookie = randomBytes(32).toString("base64url");
  #token = randomBytes(32).toString("base64url");

  /** The token for the next window. */
  get token(): string {
    return this.#token;
  }

  /** The cookie, for who has the token. The token is spent: an address stays in histories. */
  exchange(token: string): string | undefined {
    if (!same(token, this.#token)) return undefined;
    this.#token = randomBytes(32).toString("base64url");
    return this.#cookie;
  }

  /** Whether a `cookie` header has the cookie. */
  isKnown(header: string | undefined, port: number): boolean {
    const pairs = (header ?? "").split(";").map((pair) => pair.trim());
    return pairs.some((pair) => same(pair, `${cookieName(port)}=${this.#cookie}`));
  }
}

/** Compares in constant time, so that the time gives no hint. */
function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
