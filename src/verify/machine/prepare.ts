import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { RunbookError } from "../../errors/runbook-error.ts";
import { command, tryCommand } from "./command.ts";
import type { MachineKind } from "./image/images.ts";

type Tools = readonly (readonly [program: string, packageName: string])[];

/** What this machine needs to have for layers, by the package that brings it. */
const LAYER_TOOLS: Tools = [
  ["mkfs.btrfs", "btrfs-progs"],
  ["mmdebstrap", "mmdebstrap"],
  ["ssh-keygen", "openssh-client"],
];

/** And for each kind of clean hosts. */
const TOOLS: Readonly<Record<Exclude<MachineKind, "here">, Tools>> = {
  lxc: [
    ["lxc-start", "lxc"],
    ["dnsmasq", "dnsmasq-base"],
    ["nft", "nftables"],
    ["ip", "iproute2"],
  ],
  qemu: [
    ["qemu-system-x86_64", "qemu-system-x86"],
    ["qemu-img", "qemu-utils"],
    ["mke2fs", "e2fsprogs"],
    ["sfdisk", "fdisk"],
  ],
};

/** Debian's own keys, by which a clean host's packages are checked; another system has them in a package of this name. */
const keyring = ["/usr/share/keyrings/debian-archive-keyring.gpg", "debian-archive-keyring"] as const;

const paths = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"];

/**
 * Makes this machine ready for clean hosts of these kinds: installs the packages that it lacks, and says so. Throws what keeps such
 * hosts from being made here at all.
 */
export async function prepareMachine(kinds: readonly MachineKind[], say: (what: string) => void): Promise<void> {
  for (const kind of kinds) refuseMachine(kind);
  const missing = [...new Set(kinds.flatMap(missingPackages))];
  if (missing.length === 0) return;
  say(`Installing what clean hosts need: ${missing.join(", ")}`);
  await installMissing(missing);
}

/** The packages that this machine lacks for clean hosts. */
function missingPackages(kind: MachineKind): string[] {
  if (kind === "here") return [];
  const tools = [...LAYER_TOOLS, ...TOOLS[kind]].filter(([program]) => !isThere(program)).map(([, name]) => name);
  return existsSync(keyring[0]) ? tools : [...tools, keyring[1]];
}

/** Throws what keeps clean hosts from being made here at all. */
function refuseMachine(kind: MachineKind): void {
  if (kind === "here") return;
  const hint = "Prove it on another machine, or with --on here on one that may be thrown away.";
  if (process.platform !== "linux") throw new RunbookError("blocked", "Clean hosts are made on Linux.", { hint });
  if (process.getuid?.() !== 0) {
    throw new RunbookError("blocked", "Making a clean host needs root.", { hint: "Put `sudo` before the command." });
  }
  if (kind === "qemu" && process.arch !== "x64") {
    throw new RunbookError("blocked", "Virtual machines are made on amd64 only.", { hint });
  }
  if (missingPackages(kind).length > 0 && !isThere("apt-get")) {
    throw new RunbookError(
      "blocked",
      `This machine lacks ${missingPackages(kind).join(", ")}, and has no apt to install them.`,
      { hint },
    );
  }
}

/**
 * Installs what is missing. Debian's LXC starts its bridge as soon as it is installed; its services are masked meanwhile, so
 * that the machine's network and firewall stay as they are.
 */
async function installMissing(packages: readonly string[]): Promise<void> {
  const units = ["lxc-net.service", "lxc.service", "nftables.service"];
  const systemd = existsSync("/run/systemd/system") && packages.includes("lxc");
  if (systemd) await tryCommand(["systemctl", "mask", "--runtime", ...units]);
  try {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    const install = [
      "apt-get",
      "install",
      "--yes",
      "--no-install-recommends",
      "-o",
      "DPkg::Lock::Timeout=300",
      ...packages,
    ];
    const timeoutMs = 10 * 60_000;
    if ((await tryCommand(install, { env, timeoutMs })).exitCode === 0) return;
    // The package lists are missing or old.
    await tryCommand(["apt-get", "update", "--error-on=any"], { env, timeoutMs });
    await command(install, { env, timeoutMs });
  } finally {
    if (systemd) await tryCommand(["systemctl", "unmask", "--runtime", ...units]);
  }
}

function isThere(program: string): boolean {
  return paths.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
