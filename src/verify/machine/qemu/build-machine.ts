import { readdirSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { lastLines } from "../../../words/last-lines.ts";
import { command } from "../command.ts";
import { buildRoot } from "../image/build-root.ts";
import { IMAGE_PACKAGES, IMAGE_SHELL, type Image } from "../image/images.ts";
import { takeSlot } from "../slots.ts";
import type { LayerRecord, Store } from "../store.ts";
import { QemuHost } from "./qemu-host.ts";
import { agentFile, BOOT_LOADER_SHELL, KERNEL_WORDS, MACHINE_PACKAGES, MACHINE_SHELL, ROOT } from "./recipe.ts";

/** Bytes of a machine's disk, which is sparse. */
const diskSize = 20 * 2 ** 30;
/** GRUB asks much of the disk, a small program at a time. */
const bootLoaderMs = 30 * 60_000;

/**
 * Makes a virtual machine from Debian's packages, and keeps it as a layer that is booted already. Nothing is mounted: mke2fs writes
 * the file system from a folder. The boot loader is installed in the machine itself, which for that boots a kernel from outside.
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
    const raw = join(scratch, "disk.raw");
    await writeDisk(root, raw);
    await command(["qemu-img", "convert", "-O", "qcow2", raw, join(host.volume, "disk.qcow2")]);
    rmSync(raw);
    await host.start({
      file: inBoot(root, "vmlinuz-"),
      initrd: inBoot(root, "initrd.img-"),
      words: `root=${ROOT} ${KERNEL_WORDS}`,
    });
    const { exitCode, ...printed } = await host.shell(BOOT_LOADER_SHELL, { timeoutMs: bootLoaderMs });
    if (exitCode !== 0)
      throw new RunbookError("machine-failed", `The machine got no boot loader: ${lastLines(printed, 8)}`);
    await host.stop();
    await store.remove(scratch);
    // From here on it boots as an installed Debian does.
    await host.start();
    await host.keepReady(record, { whole: true });
  } finally {
    await host.remove();
  }
}

/** Writes a folder as a disk: a table with one partition, and in that the file system. */
async function writeDisk(root: string, raw: string): Promise<void> {
  const offset = 2 ** 20;
  const fileSystem = ["-t", "ext4", "-m", "0", "-E", `offset=${offset}`, "-d", root];
  await command(["mke2fs", "-q", ...fileSystem, raw, `${(diskSize - offset) / 1024}k`], { timeoutMs: 10 * 60_000 });
  truncateSync(raw, diskSize);
  const table = `label: dos\nstart=${offset / 512}, type=83, bootable\n`;
  await command(["sfdisk", "--quiet", raw], { input: table });
}

/** The file of a system's /boot whose name begins so. */
function inBoot(root: string, prefix: string): string {
  const folder = join(root, "boot");
  return join(folder, readdirSync(folder).find((name) => name.startsWith(prefix)) ?? prefix);
}
