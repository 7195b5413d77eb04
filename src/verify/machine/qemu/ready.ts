import { createHash } from "node:crypto";
import { renameSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { command } from "../command.ts";
import { launchWords } from "./launch.ts";
import type { Monitor } from "./qmp.ts";

/** Shell that gives back to QEMU what files held that are gone: downloads of packages above all, which nothing compresses. */
export const TRIM_DISKS = `sync
awk '$1 ~ "^/dev/" { print $2 }' /proc/mounts | while read -r place; do fstrim "$place" 2>/dev/null || :; done`;

/**
 * Shell that trims a machine's disks, and prints how much of its memory is free, in MiB. Pages that are free hold what they held; given
 * back to QEMU they are zero, and cost no room. The first machine of Xen has nothing to give back: its balloon driver takes the pages
 * that Xen shows it for the machine's own, and QEMU would drop others.
 */
export const FREE_ROOM = `${TRIM_DISKS}
echo 3 >/proc/sys/vm/drop_caches
if [ -e /sys/hypervisor/type ]; then echo 0; else awk '/^MemFree:/ { print int($2 / 1024) }' /proc/meminfo; fi`;

/** Takes free memory away from the machine and gives it back. */
export async function squeeze(monitor: Monitor, freeMib: number): Promise<void> {
  const { actual } = (await monitor.execute("query-balloon")) as { actual: number };
  const least = actual - Math.max(0, freeMib - 128) * 2 ** 20;
  for (const value of [least, actual]) {
    await monitor.execute("balloon", { value });
    for (let tries = 0; tries < 100; tries += 1) {
      await sleep(100);
      const now = (await monitor.execute("query-balloon")) as { actual: number };
      if (now.actual === value) break;
    }
  }
}

/** What a snapshot depends on beside the disk: which QEMU it was, and how it was started. */
export async function launchKey(kvm: boolean): Promise<string> {
  const version = await command(["qemu-system-x86_64", "--version"]);
  const words = launchWords({ volume: "", folder: "", kvm, sealed: false });
  return createHash("sha256")
    .update(JSON.stringify([version, words]))
    .digest("hex");
}

/** Writes a file anew, from its beginning to its end. */
export async function rewrite(file: string): Promise<void> {
  await command(["cp", "--reflink=never", "--sparse=always", file, `${file}.new`]);
  renameSync(`${file}.new`, file);
}
