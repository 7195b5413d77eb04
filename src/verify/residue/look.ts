import type { Residue } from "../../evidence/schema.ts";
import type { CleanHost } from "../machine/clean-host.ts";
import type { FileView } from "../machine/files/file-view.ts";
import { compareFiles } from "./files.ts";
import { compareInventories, type Inventory, takeInventory } from "./inventory.ts";

/** A host as it was at one moment. */
export interface Look {
  inventory: Inventory;
  /** Absent where the files of a host are not compared. */
  files?: FileView;
}

/** Looks at a host; the name tells what is kept of its files from other looks. */
export async function lookAt(host: CleanHost, name: string): Promise<Look> {
  const inventory = await takeInventory(host);
  return host.files ? { inventory, files: await host.files(name) } : { inventory };
}

/** What is another between two looks. */
export async function changesBetween(before: Look, after: Look): Promise<Omit<Residue, "keeps">[]> {
  const things = compareInventories(before.inventory, after.inventory);
  if (!before.files || !after.files) return things;
  return [...things, ...(await compareFiles(before.files, after.files))];
}
