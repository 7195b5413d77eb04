import { readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import type { Replacements } from "./sanitise.ts";

/** Where a machine gets its packages from, by name and by address. */
type MachineSources = Record<"names" | "addresses", readonly string[]>;

/** Names that many machines have, such as `localhost`. */
const common = new Set([
  "localhost",
  "root",
  "host",
  "debian",
  "deb.debian.org",
  "security.debian.org",
  "vm",
  "user",
  "home",
]);

/**
 * What names the machine that proves, and its network: its host and user names, its mirrors, proxies and name servers, and
 * what is called after it in /etc/hosts.
 */
export function machineNames(
  { names: mirrors, addresses }: MachineSources,
  home = process.env["HOME"] ?? "",
): Replacements {
  const names = new Map<string, string>();
  const put = (name: string, replacement: string): void => {
    if (name !== "" && !common.has(name)) names.set(name, replacement);
  };
  for (const mirror of mirrors) put(mirror, "deb.debian.org");
  for (const address of addresses) put(address, "<ip>");
  put(hostname(), "host");
  put(hostname().split(".")[0] ?? "", "host");
  put(userInfo().username, "user");
  if (home.length > 5) put(home, "/root");
  for (const line of read("/etc/hosts").split("\n")) {
    const [address = "", ...aliases] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (/^(127\.|::1$|fe00|ff0)/.test(address)) continue;
    for (const alias of aliases) put(alias, "machine.example");
  }
  for (const [, address = ""] of read("/etc/resolv.conf").matchAll(/^nameserver\s+(\S+)/gm)) {
    if (!/^(127\.|::1$)/.test(address)) put(address, "192.0.2.53");
  }
  for (const [, domains = ""] of read("/etc/resolv.conf").matchAll(/^(?:search|domain)\s+(.+)/gm)) {
    for (const domain of domains.split(/\s+/)) put(domain, "machine.example");
  }
  return names;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
