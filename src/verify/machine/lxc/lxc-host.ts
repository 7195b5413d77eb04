import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { lastLines } from "../../../words/last-lines.ts";
import type { CleanHost } from "../clean-host.ts";
import { type CommandOptions, type CommandResult, command, tryCommand } from "../command.ts";
import { type FileView, viewOfFolder } from "../files/file-view.ts";
import { type Image, platformOf } from "../image/images.ts";
import { containerName, leaveSlot, lxcPath, type Slot, takeSlot } from "../slots.ts";
import type { LayerRecord, Store } from "../store.ts";
import { containerConfig, deviceScript } from "./config.ts";
import { networkOf, networkUp } from "./network.ts";

const readyMs = 60_000;
/** The environment of root's login shell, and nothing of this machine's own. */
const environment = [
  "HOME=/root",
  "USER=root",
  "LOGNAME=root",
  "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  "LANG=C.UTF-8",
  "TERM=dumb",
];

/** What a clean host starts from. */
export interface LxcHostOptions {
  store: Store;
  image: Image;
  /** The key of the layer. */
  layer: string;
  signal?: AbortSignal;
}

/** Makes a clean host of a layer, and starts it. */
export async function makeLxcHost(options: LxcHostOptions): Promise<LxcHost> {
  const slot = await takeSlot(options.store);
  const host = new LxcHost(options, slot);
  try {
    await host.prepare();
    await host.start();
    return host;
  } catch (error) {
    await host.remove();
    throw error;
  }
}

/** A Debian host that is a system container on a bridge of its own. */
export class LxcHost implements CleanHost {
  readonly platform: string;
  readonly name: string;
  readonly #options: LxcHostOptions;
  readonly #slot: Slot;

  constructor(options: LxcHostOptions, slot: Slot) {
    this.#options = options;
    this.#slot = slot;
    this.name = containerName(slot.number);
    this.platform = platformOf(options.image);
  }

  /** The words of an LXC command about this container. */
  #words(program: string, ...more: string[]): string[] {
    return [program, "-P", lxcPath(this.#options.store), "-n", this.name, ...more];
  }

  get #attach(): string[] {
    const set = environment.map((pair) => `--set-var=${pair}`);
    return this.#words("lxc-attach", "--clear-env", ...set, "--", "/bin/sh");
  }

  get host(): CleanHost["host"] {
    const [file = "", ...args] = this.#attach;
    // The path is for lxc-attach itself; what it starts has the environment above.
    return {
      name: "clean-host",
      local: false,
      shell: { file, args, env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin" } },
      terminal: [...this.#attach, "-c"],
      close: async () => {},
    };
  }

  get enter(): string {
    return this.#words(
      "lxc-attach",
      "--clear-env",
      "--set-var=HOME=/root",
      "--set-var=TERM=xterm",
      "--",
      "bash",
      "-l",
    ).join(" ");
  }

  /** Copies the layer, and makes what the container and its network need. */
  async prepare(): Promise<void> {
    const { store, layer } = this.#options;
    const { number, folder } = this.#slot;
    await store.copy(store.path(layer), this.volume);
    const devices = join(folder, "devices");
    writeFileSync(devices, deviceScript);
    chmodSync(devices, 0o755);
    const network = networkOf(number);
    writeFileSync(join(folder, "config"), containerConfig({ name: this.name, root: this.#root, devices, network }));
    await networkUp(number);
  }

  async start(): Promise<void> {
    writeFileSync(join(this.#root, "etc/resolv.conf"), `nameserver ${networkOf(this.#slot.number).gateway}\n`);
    const { exitCode, ...printed } = await tryCommand(this.#words("lxc-start", "--daemon"), { timeoutMs: 30_000 });
    if (exitCode !== 0) {
      // LXC's message on a full disk says only that it aborts.
      this.#options.store.expectRoom();
      throw new RunbookError("machine-failed", `The clean host's container did not start: ${lastLines(printed, 8)}`, {
        hint: "The next verify clears away what is left of this one.",
      });
    }
    const end = performance.now() + readyMs;
    for (;;) {
      const { stdout } = await this.shell("systemctl is-system-running; cat /sys/class/net/eth0/operstate", {
        timeoutMs: 5000,
      });
      if (/^(running|degraded)\nup/.test(stdout)) return;
      this.#options.signal?.throwIfAborted();
      if (performance.now() > end)
        throw new RunbookError(
          "machine-failed",
          `The clean host did not start: systemd says ${stdout.trim() || "nothing"}.`,
        );
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  async stop(): Promise<void> {
    const { exitCode } = await tryCommand(this.#words("lxc-stop", "--timeout=60"), { timeoutMs: 90_000 });
    // Exit status 2 means that the command did not run.
    if (exitCode !== 0 && exitCode !== 2) await command(this.#words("lxc-stop", "--kill"), { timeoutMs: 30_000 });
  }

  async shell(text: string, options: CommandOptions = {}): Promise<CommandResult> {
    // Read as a whole before it runs, so that no program of it takes the rest as its own input.
    return await tryCommand(this.#attach, { ...options, input: `{\n${text}\n} </dev/null\n` });
  }

  async restart(layer?: LayerRecord): Promise<void> {
    await this.stop();
    if (layer) await this.#options.store.keep(this.volume, layer);
    await this.start();
  }

  async files(name: string): Promise<FileView> {
    const path = join(this.#slot.files, `snapshot-${name}`);
    await this.#options.store.copy(this.volume, path);
    return viewOfFolder(join(path, "root"), this.#options.signal);
  }

  async reset(): Promise<void> {
    const { store, layer } = this.#options;
    await this.#startFrom(store.path(layer));
  }

  /** Takes it back to what it was when its files were looked at under a name, and starts it. */
  async rollBack(name: string): Promise<void> {
    await this.#startFrom(join(this.#slot.files, `snapshot-${name}`));
  }

  async #startFrom(path: string): Promise<void> {
    await command(this.#words("lxc-stop", "--kill"), { timeoutMs: 30_000 }).catch(() => {});
    await this.#options.store.copy(path, this.volume);
    await this.start();
  }

  get #root(): string {
    return join(this.volume, "root");
  }

  /** Where its files are. */
  get volume(): string {
    return join(this.#slot.files, "volume");
  }

  async keep(): Promise<void> {
    writeFileSync(join(this.#slot.folder, "kept"), "");
  }

  async remove(): Promise<void> {
    await leaveSlot(this.#options.store, this.#slot);
  }
}
