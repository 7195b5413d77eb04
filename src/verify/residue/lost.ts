import type { Inventory } from "./inventory.ts";

/**
 * Things that a run brought and that are gone now. Control groups do not count: each process may give them another name.
 * A firewall rule is still there with another address in it, where there are as many of its kind: after a restart Docker may
 * give its containers' addresses in another order.
 */
export function lostThings(before: Inventory, ran: Inventory, now: Inventory): string[] {
  const lost: string[] = [];
  for (const [kind, things] of ran) {
    const [then, left] = [countAlike(things.keys()), countAlike(now.get(kind)?.keys() ?? [])];
    for (const name of things.keys()) {
      if (kind === "mount" && name.startsWith("control group ")) continue;
      if (before.get(kind)?.has(name) || now.get(kind)?.has(name)) continue;
      const alike = withoutAddresses(name);
      if (kind === "firewall" && (left.get(alike) ?? 0) >= (then.get(alike) ?? 0)) continue;
      lost.push(`${kind} ${name}`);
    }
  }
  return lost;
}

function countAlike(names: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) {
    const alike = withoutAddresses(name);
    counts.set(alike, (counts.get(alike) ?? 0) + 1);
  }
  return counts;
}

function withoutAddresses(rule: string): string {
  return rule.replace(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g, "<ip>");
}
