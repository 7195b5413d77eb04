import type { Inventory } from "./inventory.ts";

/** Things that a run brought and that are gone now. Control groups do not count: each process may give them another name. */
export function lostThings(before: Inventory, ran: Inventory, now: Inventory): string[] {
  const lost: string[] = [];
  for (const [kind, things] of ran) {
    for (const name of things.keys()) {
      if (kind === "mount" && name.startsWith("control group ")) continue;
      if (before.get(kind)?.has(name) || now.get(kind)?.has(name)) continue;
      lost.push(`${kind} ${name}`);
    }
  }
  return lost;
}
