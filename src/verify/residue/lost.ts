import type { Inventory } from "./inventory.ts";

/** What a run brought and what is gone now. Control groups are those of processes, whose names may differ. */
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
