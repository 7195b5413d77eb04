import { RunbookError } from "../../errors/runbook-error.ts";
import type { Residue } from "../../evidence/schema.ts";
import { endOf } from "../../words/last-lines.ts";
import type { CleanHost } from "../machine/clean-host.ts";
import { withoutEmptyChains } from "./empty-chains.ts";
import { INVENTORY_END, INVENTORY_SHELL } from "./inventory/shell.ts";

/** What a host has beside its files: the things of each kind by name, with a detail of each. */
export type Inventory = ReadonlyMap<Residue["kind"], ReadonlyMap<string, string>>;

/** Milliseconds that an emulated machine may take for it, on a busy machine outside. */
const slowMs = 10 * 60_000;

/** Looks at what a host has beside its files. */
export async function takeInventory(host: CleanHost): Promise<Inventory> {
  const { stdout, stderr } = await host.shell(INVENTORY_SHELL, { timeoutMs: slowMs });
  const inventory = new Map<Residue["kind"], Map<string, string>>();
  let whole = false;
  for (const line of stdout.split("\n")) {
    const [kind = "", name = "", state = ""] = line.split("\t");
    if (kind === INVENTORY_END) whole = true;
    else if (isKind(kind)) {
      const things = inventory.get(kind) ?? new Map<string, string>();
      inventory.set(kind, things);
      // Things that are alike are counted.
      const same = things.get(name);
      things.set(name, same === undefined ? state : `${same} ${state}`);
    }
  }
  const firewall = inventory.get("firewall");
  if (firewall) inventory.set("firewall", withoutEmptyChains(firewall));
  if (whole) return inventory;
  throw new RunbookError(
    "machine-failed",
    `The clean host did not say what it has: ${endOf(stderr, 8) || "its shell ended"}`,
    {
      hint: "Look at it yourself: --keep leaves it and prints how to enter it.",
    },
  );
}

const kinds: readonly string[] = ["package", "unit", "user", "network", "firewall", "mount", "setting"];

function isKind(word: string): word is Residue["kind"] {
  return kinds.includes(word);
}

/** The changes of a host, one thing each, in a fixed order. */
export function compareInventories(before: Inventory, after: Inventory): Omit<Residue, "keeps">[] {
  const changes: Omit<Residue, "keeps">[] = [];
  for (const kind of kinds.filter(isKind)) {
    const was = before.get(kind) ?? new Map<string, string>();
    const is = after.get(kind) ?? new Map<string, string>();
    for (const name of [...new Set([...was.keys(), ...is.keys()])].sort()) {
      const change = !was.has(name)
        ? "added"
        : !is.has(name)
          ? "removed"
          : was.get(name) !== is.get(name)
            ? "changed"
            : undefined;
      if (change) changes.push({ kind, name, change });
    }
  }
  return changes;
}

/** The networks of a host's own interfaces, but for the one by which it reaches the world. */
export function networksWithin(inventory: Inventory): string[] {
  const things = inventory.get("network") ?? new Map<string, string>();
  const routes = [...things.keys()].filter((name) => name.startsWith("route default "));
  const uplinks = new Set(routes.map((route) => / dev (\S+)/.exec(route)?.[1]));
  return [...things].flatMap(([name, device]) => {
    const address = name.startsWith("address ") ? name.slice("address ".length) : undefined;
    return address === undefined || uplinks.has(device) ? [] : [address];
  });
}
