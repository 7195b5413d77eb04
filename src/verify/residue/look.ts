import type { Residue } from "../../evidence/schema.ts";
import type { CleanHost } from "../machine/clean-host.ts";
import type { FileView } from "../machine/files/file-view.ts";
import { type Compared, compareFiles } from "./files.ts";
import { compareInventories, type Inventory, takeInventory } from "./inventory.ts";

/** A host's state at one moment. */
export interface Look {
  inventory: Inventory;
  /** Absent where the files of a host are not compared. */
  files?: FileView;
}

/** Records a host's state. The name tells the kept files of several states apart. */
export async function lookAt(host: CleanHost, name: string): Promise<Look> {
  const inventory = await takeInventory(host);
  return host.files ? { inventory, files: await host.files(name) } : { inventory };
}

/** The changes between two states. */
export async function changesBetween(
  before: Look,
  after: Look,
  compared: Compared = {},
): Promise<Omit<Residue, "keeps">[]> {
  const things = compareInventories(before.inventory, after.inventory);
  if (!before.files || !after.files) return things;
  return [...things, ...(await compareFiles(before.files, after.files, compared))];
}
