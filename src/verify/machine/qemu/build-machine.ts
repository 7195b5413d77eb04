import { copyFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { command } from "../command.ts";
import { buildRoot } from "../image/build-root.ts";
import { IMAGE_PACKAGES, IMAGE_SHELL, type Image } from "../image/images.ts";
import { takeSlot } from "../slots.ts";
import type { LayerRecord, Store } from "../store.ts";
import { QemuHost } from "./qemu-host.ts";
import { agentFile, MACHINE_PACKAGES, MACHINE_SHELL } from "./recipe.ts";

/** The disk of a machine; sparse. */
const diskSize = "20G";

/**
 * Makes a virtual machine from Debian's packages, boots it once, and keeps it as a layer that is booted already. Nothing is
 * mounted: mke2fs writes the file system from a folder.
 */
export async function buildMachine(
  store: Store,
  image: Image,
  record: LayerRecord,
  signal: AbortSignal,
): Promise<void> {
  const slot = await takeSlot(store);
  const host = new QemuHost({ store, image, sealed: false, signal }, slot);
  const scratch = join(slot.files, "scratch");
  try {
    await store.create(host.volume);
    await store.create(scratch);
    const root = join(scratch, "root");
    await buildRoot({
      ...{ image, root, packages: [...IMAGE_PACKAGES, ...MACHINE_PACKAGES], shell: IMAGE_SHELL + MACHINE_SHELL },
      files: { "/usr/local/lib/runbook/agent": agentFile },
    });
    for (const [prefix, name] of [
      ["vmlinuz-", "vmlinuz"],
      ["initrd.img-", "initrd.img"],
    ] as const) {
      const file = readdirSync(join(root, "boot")).find((entry) => entry.startsWith(prefix)) ?? prefix;
      copyFileSync(join(root, "boot", file), join(host.volume, name));
    }
    const raw = join(scratch, "disk.raw");
    await command(["mke2fs", "-q", "-t", "ext4", "-m", "0", "-d", root, raw, diskSize], { timeoutMs: 10 * 60_000 });
    await command(["qemu-img", "convert", "-O", "qcow2", raw, join(host.volume, "disk.qcow2")]);
    rmSync(raw);
    await store.remove(scratch);
    await host.start();
    await host.keepReady(record, { whole: true });
  } finally {
    await host.remove();
  }
}
