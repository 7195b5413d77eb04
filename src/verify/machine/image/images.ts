import { RunbookError } from "../../../errors/runbook-error.ts";
import { didYouMean } from "../../../words/nearest.ts";
import { systemHere } from "../here/here-host.ts";

/** What a host is: a system container, a virtual machine, or this machine itself. */
export type MachineKind = "lxc" | "qemu" | "here";

/** The kinds of hosts that verify makes. */
const MADE: readonly MachineKind[] = ["lxc", "qemu"];

/** A system that a clean host can have. */
export interface Image {
  kind: MachineKind;
  /** As `--image` and a platform's name have it. */
  name: string;
  /** Debian's name of it; empty for this machine, which is what it is. */
  suite: string;
}

const SUITES: readonly Omit<Image, "kind">[] = [
  { name: "debian-12", suite: "bookworm" },
  { name: "debian-13", suite: "trixie" },
];

/** The systems that clean hosts can have: of each kind the first by default. */
export const IMAGES: readonly Image[] = MADE.flatMap((kind) => SUITES.map((suite) => ({ kind, ...suite })));

/** The system that a name means; without a name the first. */
export function imageOf(name: string | undefined, kind: MachineKind): Image {
  if (kind === "here") {
    if (name === undefined) return { kind, name: systemHere(), suite: "" };
    throw new RunbookError(
      "contradicting-flags",
      "`--on here` takes this machine's own system, so there is no `--image`.",
    );
  }
  const image = IMAGES.find((known) => known.kind === kind && known.name === (name ?? SUITES[0]?.name));
  if (image) return image;
  const names = SUITES.map((known) => known.name);
  throw new RunbookError("unknown-image", `There is no image "${name}".`, {
    hint: didYouMean(name ?? "", names, `There are ${names.join(" and ")}.`) ?? "",
  });
}

/** The name of clean hosts with a system on this machine, as evidence has it. */
export function platformOf({ kind, name }: Image): string {
  return `${kind}-${name}-${process.arch === "x64" ? "amd64" : process.arch}`;
}

/**
 * What is on a clean host, beside dpkg and apt: what an installed Debian has (packages of priority important, as far as
 * a runbook could meet them), without a kernel, and without a daemon that changes the host by itself.
 */
export const IMAGE_PACKAGES = [
  "ca-certificates",
  "dbus",
  "e2fsprogs",
  "init",
  "iproute2",
  "iputils-ping",
  "kmod",
  "less",
  "netbase",
  "nftables",
  "procps",
  "systemd-sysv",
  "udev",
  "wget",
] as const;

/**
 * Shell that finishes an image within it. Debian's `lxc-net` and `lxcfs` refuse to start in a container, which a clean
 * host is though it stands for a machine: drop-ins lift that. A key for whom a runbook lets in is made anew with each
 * image, so nobody's own one is ever used. What runs by a timer would change the host while it is looked at.
 */
export const IMAGE_SHELL = `set -eu
echo host >/etc/hostname
printf '%s\\n' '127.0.0.1 localhost host' '::1 localhost ip6-localhost ip6-loopback' >/etc/hosts
for unit in lxc-net lxcfs; do
  mkdir -p "/etc/systemd/system/$unit.service.d"
  printf '%s\\n' '[Unit]' ConditionVirtualization= >"/etc/systemd/system/$unit.service.d/in-a-container.conf"
done
mkdir -p /etc/ssh
systemctl mask systemd-networkd-wait-online.service apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer \\
  e2scrub_all.timer e2scrub_reap.service fstrim.timer man-db.timer systemd-tmpfiles-clean.timer console-getty.service getty.target
systemctl disable systemd-networkd.service systemd-resolved.service systemd-timesyncd.service 2>/dev/null || true
rm -f /etc/dpkg/dpkg.cfg.d/99mmdebstrap /etc/apt/apt.conf.d/99mmdebstrap
rm -rf /var/cache/apt/*.bin /var/lib/apt/lists/* /var/log/*.log /var/log/apt
systemd-machine-id-setup
`;
