import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { RunbookError } from "../../errors/runbook-error.ts";
import { writeWhole } from "../../write-whole.ts";
import { command, tryCommand } from "./command.ts";
import { makeFolder, refuseOthers } from "./files/cache-dir.ts";
import { type FileLock, lockFile } from "./files/file-lock.ts";

/** What is known of a layer, besides its files. */
export interface LayerRecord {
  key: string;
  /** `image`: a system made from packages; `runbook`: the end state of a runbook. */
  kind: "image" | "runbook";
  /** Such as `debian-12` or `lxc-host on debian-12`. */
  title: string;
  /** ISO 8601, UTC. */
  made: string;
  /** The parts of its key by name, so that a stale layer can be explained. */
  inputs: Record<string, string>;
}

const fileSystemBytes = 40 * 2 ** 30;
/** An image, a host and what a runbook puts on it. */
const leastFreeBytes = 4 * 2 ** 30;

/**
 * Layers and hosts: Btrfs subvolumes in a file system of its own, in a sparse file, so that a copy of a whole system
 * costs 10 ms and nothing depends on what the machine's own file system can do.
 */
export class Store {
  readonly dir: string;
  /** The file that holds the file system of the layers. */
  readonly file: string;
  readonly mount: string;
  readonly layers: string;
  readonly hosts: string;
  /** Held as long as this process uses it, by all that do. */
  #use: FileLock | undefined;
  /** Layers were removed, and the machine has not got their room back yet. */
  #freed = false;

  constructor(dir: string) {
    this.dir = dir;
    this.file = join(dir, "layers.btrfs");
    this.mount = join(dir, "layers");
    this.layers = join(this.mount, "layers");
    this.hosts = join(this.mount, "hosts");
  }

  /** Makes and mounts it, where that is not done. It stays mounted until `close`. */
  async open(): Promise<void> {
    refuseOthers(this.dir);
    makeFolder(this.dir);
    await this.#alone(async () => {
      if (!(await this.isMounted())) await this.mountFile();
      this.#use ??= await lockFile(join(this.dir, "use.lock"), { wait: true, shared: true });
    });
    for (const folder of [this.layers, this.hosts]) makeFolder(folder);
    this.expectRoom();
  }

  /** Unmounts it, unless another process uses it, or a host that was left. */
  async close(): Promise<void> {
    if (!this.#use) return;
    await this.#alone(async () => {
      await this.#use?.release();
      this.#use = undefined;
      const last = await lockFile(join(this.dir, "use.lock"), { wait: false });
      if (!last) return;
      if (this.#freed) await this.settle();
      await tryCommand(["umount", this.mount]);
      await last.release();
    });
  }

  /** The lock keeps every other process from opening or closing the store meanwhile. */
  async #alone(change: () => Promise<void>): Promise<void> {
    const lock = await lockFile(join(this.dir, "store.lock"), { wait: true });
    try {
      await change();
    } finally {
      await lock?.release();
    }
  }

  async isMounted(): Promise<boolean> {
    const mounts = readFileSync("/proc/self/mounts", "utf8").split("\n");
    return mounts.some((line) => line.split(" ")[1] === this.mount.replace(/ /g, "\\040"));
  }

  private async mountFile(): Promise<void> {
    if (!existsSync(this.file)) {
      // Under its final name only once it is whole.
      const fresh = `${this.file}.new`;
      rmSync(fresh, { force: true });
      writeFileSync(fresh, "", { mode: 0o600 });
      truncateSync(fresh, fileSystemBytes);
      // One copy of its own records, too: they can be made again.
      await command(["mkfs.btrfs", "--quiet", "--metadata", "single", fresh]);
      renameSync(fresh, this.file);
    }
    makeFolder(this.mount);
    // Forced, since btrfs else gives up on a whole file where one part of it does not shrink, such as a disk or a large program.
    // Without barriers a power cut may cost the layers, which can be made again; every fsync of dpkg costs nothing.
    await command(["mount", "-o", "loop,noatime,compress-force=zstd:3,nobarrier", this.file, this.mount]);
  }

  /** Throws where the disk is too full to go on. */
  expectRoom(): void {
    const { bavail, bsize } = statfsSync(dirname(this.mount));
    if (bavail * bsize >= leastFreeBytes) return;
    throw new RunbookError(
      "blocked",
      `There is too little room in ${this.dir}: ${Math.round((bavail * bsize) / 2 ** 20)} MiB.`,
      {
        hint: "Make 4 GiB of room, drop layers (./runbook cache --prune), or set RUNBOOK_VERIFY_DIR to a folder elsewhere.",
      },
    );
  }

  /** The layer of a key, where it is whole. */
  layer(key: string): LayerRecord | undefined {
    const file = this.#recordOf(key);
    return existsSync(file) && existsSync(this.path(key)) ? read(file) : undefined;
  }

  /** All whole layers, the oldest first. */
  list(): LayerRecord[] {
    if (!existsSync(this.layers)) return [];
    const keys = readdirSync(this.layers).filter((name) => name.endsWith(".json"));
    const records = keys.map((name) => this.layer(name.slice(0, -".json".length)));
    return records.filter((record) => record !== undefined).sort((one, other) => (one.made < other.made ? -1 : 1));
  }

  /** Notes that a proof takes a layer now. */
  use(key: string): void {
    const now = new Date();
    utimesSync(this.#recordOf(key), now, now);
  }

  /** When a proof took a layer last, or made it: milliseconds since 1970. */
  lastUse(key: string): number {
    return statSync(this.#recordOf(key)).mtimeMs;
  }

  /** What the file of the layers takes of the disk: it is sparse. */
  bytes(): number {
    return existsSync(this.file) ? statSync(this.file).blocks * 512 : 0;
  }

  /** Where the files of a layer are. */
  path(key: string): string {
    return join(this.layers, key);
  }

  #recordOf(key: string): string {
    return `${this.path(key)}.json`;
  }

  /** Makes a subvolume a layer. Its record is written last: a layer without one is not there. */
  async keep(from: string, record: LayerRecord): Promise<void> {
    const path = this.path(record.key);
    await this.remove(path);
    await command(["btrfs", "subvolume", "snapshot", "-r", from, path]);
    writeWhole(this.#recordOf(record.key), `${JSON.stringify(record, undefined, 2)}\n`);
  }

  /** Takes a layer away. */
  async drop(key: string): Promise<void> {
    rmSync(this.#recordOf(key), { force: true });
    await this.remove(this.path(key));
  }

  /** Waits until what was dropped is gone, and gives its room back to the machine. */
  async settle(): Promise<void> {
    // Removed subvolumes go at the next commit, and the file system commits only every 30 s by itself.
    await tryCommand(["btrfs", "filesystem", "sync", this.mount]);
    await tryCommand(["btrfs", "subvolume", "sync", this.mount], { timeoutMs: 60_000 });
    // What they held is free from the commit after that.
    await tryCommand(["btrfs", "filesystem", "sync", this.mount]);
    await tryCommand(["fstrim", this.mount]);
  }

  /** An empty subvolume. */
  async create(path: string): Promise<void> {
    await this.remove(path);
    await command(["btrfs", "subvolume", "create", path]);
  }

  /** A copy of a subvolume that can be written. */
  async copy(from: string, to: string): Promise<void> {
    await this.remove(to);
    await command(["btrfs", "subvolume", "snapshot", from, to]);
  }

  /** Takes a subvolume away, with those that programs made within it. */
  async remove(path: string): Promise<void> {
    if (!existsSync(path)) return;
    this.#freed = true;
    if ((await tryCommand(["btrfs", "subvolume", "delete", path])).exitCode === 0) return;
    await tryCommand(["btrfs", "property", "set", "-f", path, "ro", "false"]);
    const { stdout } = await tryCommand(["btrfs", "subvolume", "list", "-o", path]);
    const inner = [...stdout.matchAll(/ path (.*)$/gm)].map((match) => join(this.mount, match[1] ?? ""));
    for (const one of inner.sort((a, b) => b.length - a.length)) {
      await tryCommand(["btrfs", "subvolume", "delete", one]);
    }
    if ((await tryCommand(["btrfs", "subvolume", "delete", path])).exitCode !== 0) {
      try {
        rmSync(path, { recursive: true, force: true });
      } catch {
        // Read-only, since the disk outside became full. Mounted anew it can be written, and the next verify clears this away.
      }
    }
  }
}

function read(file: string): LayerRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LayerRecord;
  } catch {
    // Half written when the machine went down: it counts as absent.
    return undefined;
  }
}
