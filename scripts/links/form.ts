import type { ExternalLink } from "./find.ts";

/** The faults of an address that can be found without a request. */
export function wrongForm(url: string): string[] {
  if (!URL.canParse(url) || /\s/.test(url)) return ["no address"];
  const { protocol, host, username, pathname, hash, searchParams, hostname } = new URL(url);
  const [, , ...path] = pathname.split("/");
  const wrong = {
    "not https": protocol !== "https:",
    "a name or a password": username !== "",
    "a host in capitals": !url.includes(host),
    "a host without a domain": !hostname.includes("."),
    "follows the reader": [...searchParams.keys()].some((key) => /^(utm_|fbclid|gclid|mc_|ref$|si$)/i.test(key)),
    "ends in the sentence's mark": /[.,;:!]$/.test(url),
    "a line of a branch that moves": /^#L\d/.test(hash) && isMoving(host, path),
    "an empty anchor": url.endsWith("#"),
  };
  return Object.entries(wrong).flatMap(([what, is]) => (is ? [what] : []));
}

/** Whether an address names a file in a branch, where its line numbers change; in a commit or a tagged version they do not. */
function isMoving(host: string, path: string[]): boolean {
  if (!/(^|\.)(github|gitlab|codeberg)\./.test(host)) return false;
  const kind = path.findIndex((part) => part === "blob" || part === "tree");
  const name = path[kind + 1] ?? "";
  return kind >= 0 && !/^[\da-f]{40}$|\d+\.\d+/.test(name);
}

/** Pairs of addresses that lead to the same source, such as with and without `www.`. */
export function doubles(links: readonly ExternalLink[]): [string, string][] {
  const known = new Map<string, string>();
  const found = new Map<string, [string, string]>();
  for (const { url } of links) {
    if (!URL.canParse(url)) continue;
    const address = url.replace(/#.*$/, "");
    const key = sourceOf(new URL(address));
    const first = known.get(key);
    if (first === undefined) known.set(key, address);
    else if (first !== address) found.set(address, [first, address]);
  }
  return [...found.values()];
}

function sourceOf({ host, pathname, search }: URL): string {
  const path = pathname.replace(/\/(?:index\.html?)?$/, "").replace(/^\/en-us(?=\/)/i, "");
  return `${host.replace(/^www\./, "")}${path}${search}`;
}
