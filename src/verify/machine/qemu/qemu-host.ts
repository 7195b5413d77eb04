import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkout } from "../../../checkout.ts";
import { RunbookError } from "../../../errors/runbook-error.ts";
import type { CleanHost } from "../clean-host.ts";
import { type CommandOptions, type CommandResult, tryCommand } from "../command.ts";
import { makeFolder } from "../files/cache-dir.ts";
import { compressAnew } from "../files/compress-anew.ts";
import type { FileView } from "../files/file-view.ts";
import { type Image, platformOf } from "../image/images.ts";
import { leaveSlot, type Slot, takeSlot } from "../slots.ts";
import type { LayerRecord, Store } from "../store.ts";
import { type KernelOutside, kvmHere, type LaunchOptions, LINES, launchWords } from "./launch.ts";
import { digestsOf, listFiles } from "./machine-files.ts";
import { endMachine, lastWords, type MachineProcess, machineFolder, startMachine } from "./process.ts";
import { Monitor } from "./qmp.ts";
import { FREE_ROOM, launchKey, rewrite, squeeze } from "./ready.ts";

/** An emulated machine takes a minute, on a busy machine many. */
const bootMs = 20 * 60_000;
const stopMs = 10 * 60_000;
/** The snapshot of a machine that is booted and idle. */
const ready = "ready";
/** systemd's own programs wait so long for its answer, in seconds: an emulated machine is slow. */
const busSeconds = 300;

/** What a virtual machine starts from. */
export interface QemuHostOptions {
  store: Store;
  image: Image;
  /** The machine has no network. */
  sealed: boolean;
  /** The layer; absent for a machine that is being made. */
  layer?: LayerRecord;
  signal?: AbortSignal;
}

/** Makes a clean host of a layer, and starts it. */
export async function makeQemuHost(options: QemuHostOptions): Promise<QemuHost> {
  const slot = await takeSlot(options.store);
  const host = new QemuHost(options, slot);
  try {
    await host.reset();
    return host;
  } catch (error) {
    await host.remove();
    throw error;
  }
}

/** A Debian host that is a virtual machine. */
export class QemuHost implements CleanHost {
  readonly platform: string;
  readonly volume: string;
  readonly #options: QemuHostOptions;
  readonly #slot: Slot;
  readonly #folder: string;
  readonly #kvm = kvmHere();
  #machine: MachineProcess | undefined;
  /** How often its files were listed since it was as the layer has it. */
  #views = 0;

  constructor(options: QemuHostOptions, slot: Slot) {
    this.#options = options;
    this.#slot = slot;
    this.#folder = machineFolder(slot.number);
    this.volume = join(slot.files, "volume");
    this.platform = platformOf(options.image);
  }

  /** The words of the process whose stdin, stdout and stderr are those of a shell in the machine. */
  get #line(): string[] {
    return [process.execPath, join(checkout, "src/verify/machine/qemu/line.ts"), this.#folder, String(LINES)];
  }

  get host(): CleanHost["host"] {
    const [file = "", ...args] = this.#line;
    return {
      name: "clean-host",
      local: false,
      shell: { file, args, env: {} },
      terminal: [...this.#line, "terminal"],
      close: async () => {},
    };
  }

  get enter(): string {
    return [...this.#line, "terminal"].join(" ");
  }

  /** Boots it, and waits until it is ready; with a kernel from outside where its disk has no boot loader yet. */
  async start(kernel?: KernelOutside): Promise<void> {
    await this.#launch(kernel ? { kernel } : {});
  }

  async stop(): Promise<void> {
    const { ended = Promise.resolve() } = this.#machine ?? {};
    if (this.#machine) this.#machine.last = true;
    await this.shell("systemctl poweroff --no-block", { timeoutMs: stopMs });
    await Promise.race([ended, sleep(stopMs, undefined, { ref: false })]);
    await endMachine(this.#slot.number);
  }

  async restart(layer?: LayerRecord): Promise<void> {
    await this.stop();
    await this.start();
    if (layer) await this.keepReady(layer);
  }

  /** Takes it back to its layer. Where that was kept by another QEMU, it boots, and is kept anew as it then is. */
  async reset(): Promise<void> {
    const { store, layer } = this.#options;
    if (!layer) throw new RangeError("A machine that is being made has no layer.");
    await endMachine(this.#slot.number);
    this.#views = 0;
    await store.copy(store.path(layer.key), this.volume);
    const file = join(this.volume, "launch");
    if (existsSync(file) && readFileSync(file, "utf8") === (await launchKey(this.#kvm))) {
      await this.#launch({ from: ready });
      return;
    }
    await this.start();
    await this.keepReady(layer);
  }

  /**
   * Keeps it as a layer: booted, so that a host made of it is ready at once. Where its disk shares nothing with a layer below,
   * `whole` writes it anew, which leaves out what was written over meanwhile: a third of the room. Else what is its own is compressed.
   */
  async keepReady(record: LayerRecord, { whole = false } = {}): Promise<void> {
    const free = Number((await this.shell(FREE_ROOM, { timeoutMs: stopMs })).stdout);
    writeFileSync(join(this.volume, "launch"), await launchKey(this.#kvm));
    await this.#monitor(async (monitor) => {
      await squeeze(monitor, free);
      await monitor.execute("stop");
      // The snapshot of the layer below.
      await monitor.line(`delvm ${ready}`).catch(() => {});
      await monitor.line(`savevm ${ready}`);
      await (whole ? rewrite : compressAnew)(join(this.volume, "disk.qcow2"));
      await this.#options.store.keep(this.volume, record);
      await monitor.execute("cont");
    });
  }

  async #monitor<T>(use: (monitor: Monitor) => Promise<T>): Promise<T> {
    return await Monitor.with(join(this.#folder, "qmp"), use);
  }

  async #launch({
    outlives = false,
    ...begin
  }: Pick<LaunchOptions, "from" | "kernel"> & { outlives?: boolean }): Promise<void> {
    await endMachine(this.#slot.number);
    makeFolder(this.#folder);
    const { sealed } = this.#options;
    const words = launchWords({
      volume: this.volume,
      folder: this.#folder,
      kvm: this.#kvm,
      sealed,
      ...begin,
    });
    this.#machine = await startMachine(words, this.#folder, { outlives });
    await this.#ready();
  }

  async #ready(): Promise<void> {
    const end = performance.now() + bootMs;
    const { signal } = this.#options;
    for (;;) {
      // The machine's clock stood still while the machine did.
      const clock = `date --utc --set=@${Math.ceil(Date.now() / 1000)} >/dev/null`;
      // On a busy machine outside, the card may have come later than systemd waits for it at boot.
      const network = "systemctl is-active --quiet runbook-network || systemctl start runbook-network";
      const limits = { timeoutMs: 60_000, ...(signal && { signal }) };
      const { stdout } = await this.shell(`${clock}; ${network}; systemctl is-system-running`, limits);
      if (/^(running|degraded)\n/.test(stdout)) return;
      signal?.throwIfAborted();
      if (this.#machine?.over || performance.now() > end) {
        const said = lastWords(this.#folder);
        throw new RunbookError("machine-failed", `The virtual machine did not start: ${said}`);
      }
      await sleep(100);
    }
  }

  async shell(text: string, options: CommandOptions = {}): Promise<CommandResult> {
    const input = `{\nexport SYSTEMD_BUS_TIMEOUT=${busSeconds}\n${text}\n} </dev/null\n`;
    return await tryCommand(this.#line, { ...options, input });
  }

  async files(): Promise<FileView> {
    const files = await listFiles(this);
    this.#views += 1;
    const view = this.#views;
    return {
      list: async () => files,
      digests: async (paths) => {
        if (view === this.#views) return await digestsOf(this, paths);
        // The states between the layer and now are not kept.
        return view === 1 ? await this.#digestsBefore(paths) : new Map();
      },
    };
  }

  /** Digests of files as the layer has them, asked of a second machine, so that this one stays as it is. */
  async #digestsBefore(paths: readonly string[]): Promise<Map<string, string>> {
    const twin = await makeQemuHost(this.#options);
    try {
      return await digestsOf(twin, paths);
    } finally {
      await twin.remove();
    }
  }

  async keep(): Promise<void> {
    writeFileSync(join(this.#slot.folder, "kept"), "");
    // Without `outlives` QEMU would end with this process.
    await this.#monitor(async (monitor) => await monitor.line("savevm kept"));
    await this.#launch({ from: "kept", outlives: true });
  }

  async remove(): Promise<void> {
    await endMachine(this.#slot.number);
    await leaveSlot(this.#options.store, this.#slot);
  }
}
