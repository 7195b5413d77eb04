import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { containerConfig, deviceScript } from "../../../src/verify/machine/lxc/config.ts";

const bridge = "rbfleet";
const gateway = "10.78.0.1";
const packages = "systemd-sysv,dbus,openssh-server,python3,iproute2,procps";
const startMs = 120_000;

/** A host of the fleet. */
export interface FleetHost {
  name: string;
  address: string;
}

/** Systemd containers of Debian 12 that are reached by ssh: one root file system, and for each host a layer of its own above it. */
export class Fleet {
  readonly hosts: readonly FleetHost[];
  readonly #folder: string;
  readonly #root: string;

  constructor(folder: string, count: number) {
    this.#folder = folder;
    this.#root = join(folder, "root");
    this.hosts = Array.from({ length: count }, (_, index) => ({
      name: `fleet${index + 1}`,
      address: `10.78.0.${index + 11}`,
    }));
  }

  /** The file of the key that all hosts know. */
  get key(): string {
    return join(this.#folder, "key");
  }

  async start(): Promise<void> {
    this.#buildRoot();
    command("ip", "link", "add", bridge, "type", "bridge");
    command("ip", "address", "add", `${gateway}/24`, "dev", bridge);
    command("ip", "link", "set", bridge, "up");
    writeFileSync(join(this.#folder, "devices"), deviceScript, { mode: 0o755 });
    for (const host of this.hosts) this.#startHost(host);
    for (const host of this.hosts) await this.#reached(host);
  }

  /** Ends the hosts and takes away all but the folder. */
  stop(): void {
    for (const { name } of this.hosts) {
      spawnSync("lxc-stop", ["--lxcpath", this.#folder, "--name", name, "--kill"]);
      spawnSync("umount", [join(this.#folder, name, "rootfs")]);
    }
    spawnSync("ip", ["link", "delete", bridge]);
  }

  /** Runs a command on a host and returns what it printed. */
  ask(host: FleetHost, line: string): string {
    const ssh = ["-i", this.key, "-o", "BatchMode=yes", ...this.sshOptions, `root@${host.address}`, line];
    return command("ssh", ...ssh);
  }

  /** Options of ssh: the hosts live for minutes, so nobody keeps their keys. */
  get sshOptions(): string[] {
    return ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR"];
  }

  #buildRoot(): void {
    if (!existsSync(this.#root))
      command("mmdebstrap", "--quiet", "--variant=minbase", `--include=${packages}`, "bookworm", this.#root);
    if (!existsSync(this.key)) command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", this.key);
    mkdirSync(join(this.#root, "root/.ssh"), { recursive: true, mode: 0o700 });
    writeFileSync(join(this.#root, "root/.ssh/authorized_keys"), readFileSync(`${this.key}.pub`), { mode: 0o600 });
    writeFileSync(join(this.#root, "etc/machine-id"), "");
  }

  #startHost({ name, address }: FleetHost): void {
    const home = join(this.#folder, name);
    for (const folder of ["rootfs", "upper", "work"]) mkdirSync(join(home, folder), { recursive: true });
    const root = join(home, "rootfs");
    const layers = `lowerdir=${this.#root},upperdir=${home}/upper,workdir=${home}/work`;
    command("mount", "-t", "overlay", "overlay", "-o", layers, root);
    const network = { bridge, gateway, address: `${address}/24` };
    const devices = join(this.#folder, "devices");
    writeFileSync(join(home, "config"), containerConfig({ name, root, devices, network }));
    command("lxc-start", "--lxcpath", this.#folder, "--name", name);
  }

  async #reached(host: FleetHost): Promise<void> {
    const end = Date.now() + startMs;
    for (;;) {
      try {
        this.ask(host, "systemctl is-active --quiet ssh");
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
        await sleep(500);
      }
    }
  }
}

function command(file: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  if (status === 0) return stdout;
  throw new Error(`${file} ${args.join(" ")}: ${status}\n${stdout ?? ""}${stderr ?? ""}`);
}
