import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { RunbookError } from "../../errors/runbook-error.ts";
import { tryCommand } from "./command.ts";
import { makeFolder } from "./files/cache-dir.ts";
import { type FileLock, lockFile } from "./files/file-lock.ts";
import { networkDown } from "./lxc/network.ts";
import { endMachine } from "./qemu/process.ts";
import { RUN_FOLDER } from "./run-folder.ts";
import type { Store } from "./store.ts";

/** Hosts at once on one machine: each container has a subnet of its own. */
export const SLOTS = 16;

/** A place for one clean host: its number names its container, bridge and subnet, or its virtual machine. */
export interface Slot {
  number: number;
  /** The folder of the host's configuration, and of the mark that the host is kept. */
  folder: string;
  /** The folder of its subvolumes. */
  files: string;
  lock: FileLock;
}

/** Where LXC finds the containers of clean hosts, apart from the machine's own. */
export function lxcPath(store: Store): string {
  return join(store.dir, "lxc");
}

/** The name of a slot's container. */
export function containerName(number: number): string {
  return `rbv${number}`;
}

/**
 * Takes the first place that nobody has. Its lock is of the machine, as its bridge is, wherever the layers are. What a killed
 * verify left there is cleared away first.
 */
export async function takeSlot(store: Store): Promise<Slot> {
  makeFolder(lxcPath(store));
  for (let number = 1; number <= SLOTS; number += 1) {
    const slot = await trySlot(store, number);
    if (slot) return slot;
  }
  throw new RunbookError("blocked", `All ${SLOTS} clean hosts of this machine are in use.`, {
    hint: "Wait for another verify, or take kept hosts away: ./runbook cache --prune.",
  });
}

/** Clears away what killed verifies left, and with `kept` what `--keep` left, too. Gives how many hosts that were. */
export async function sweepSlots(store: Store, { kept }: { kept: boolean }): Promise<number> {
  // A host that is taken away in order leaves no folder.
  if (!existsSync(lxcPath(store)) || readdirSync(lxcPath(store)).length === 0) return 0;
  await store.open();
  let swept = 0;
  for (let number = 1; number <= SLOTS; number += 1) {
    const { folder, files } = placesOf(store, number);
    if (!existsSync(folder) && !existsSync(files)) continue;
    if (kept) rmSync(join(folder, "kept"), { force: true });
    const slot = await trySlot(store, number);
    if (!slot) continue;
    await leaveSlot(store, slot);
    swept += 1;
  }
  return swept;
}

/** Releases a slot once its host is gone. */
export async function leaveSlot(store: Store, slot: Slot): Promise<void> {
  await clear(store, slot.number);
  await slot.lock.release();
}

async function trySlot(store: Store, number: number): Promise<Slot | undefined> {
  const { folder, files } = placesOf(store, number);
  if (existsSync(join(folder, "kept"))) return undefined;
  makeFolder(RUN_FOLDER);
  const lock = await lockFile(join(RUN_FOLDER, `slot-${number}.lock`), { wait: false });
  if (!lock) return undefined;
  await clear(store, number);
  makeFolder(folder);
  makeFolder(files);
  return { number, folder, files, lock };
}

function placesOf(store: Store, number: number): { folder: string; files: string } {
  return { folder: join(lxcPath(store), containerName(number)), files: join(store.hosts, String(number)) };
}

async function clear(store: Store, number: number): Promise<void> {
  const { folder, files } = placesOf(store, number);
  await endMachine(number);
  if (existsSync(folder)) {
    await tryCommand(["lxc-stop", "-P", lxcPath(store), "-n", containerName(number), "--kill"], { timeoutMs: 30_000 });
    await networkDown(number);
    rmSync(folder, { recursive: true, force: true });
  }
  if (!existsSync(files)) return;
  for (const name of readdirSync(files)) await store.remove(join(files, name));
  if (readdirSync(files).length === 0) rmSync(files, { recursive: true, force: true });
}
