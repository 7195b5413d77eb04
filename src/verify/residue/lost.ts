import type { Inventory } from "./inventory.ts";

/**
 * Things that a run brought and that are gone now. Control groups do not count: each process may give them another name.
 * A firewall rule is still there with another address in it, where there are as many of its kind: after a restart Docker may
 * give its containers' addresses in another order.
 */
export function lostThings(before: Inventory, ran: Inventory, now: Inventory): string[] {
  const lost: string[] = [];
  for (const [kind, things] of ran) {
    const there = now.get(kind) ?? new Map<string, string>();
    const isThere = kind === "firewall" ? rulesThere(things, there) : (name: string) => there.has(name);
    for (const name of things.keys()) {
      if (kind === "mount" && name.startsWith("control group ")) continue;
      if (!before.get(kind)?.has(name) && !isThere(name)) lost.push(`${kind} ${name}`);
    }
  }
  return lost;
}

function rulesThere(ran: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): (rule: string) => boolean {
  const [then, left] = [countAlike(ran.keys()), countAlike(now.keys())];
  return (rule) => {
    const alike = withoutAddresses(rule);
    return now.has(rule) || (left.get(alike) ?? 0) >= (then.get(alike) ?? 0);
  };
}

function countAlike(rules: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const rule of rules) {
    const alike = withoutAddresses(rule);
    counts.set(alike, (counts.get(alike) ?? 0) + 1);
  }
  return counts;
}

function withoutAddresses(rule: string): string {
  return rule.replace(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g, "<ip>");
}
