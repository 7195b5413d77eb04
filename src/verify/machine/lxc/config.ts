import { existsSync } from "node:fs";
import type { HostNetwork } from "./network.ts";

/** The inputs of a container's configuration. */
export interface ContainerParts {
  name: string;
  /** The root file system. */
  root: string;
  /** The script that makes device nodes. */
  devices: string;
  network: HostNetwork;
}

/**
 * A new network namespace begins with what the machine has set for IPv4, its forwarding above all (the kernel's
 * `Documentation/admin-guide/sysctl/net.rst`, `devconf_inherit_init_net`). A fresh Debian has the kernel's defaults: what a page switches on,
 * and must give back, is off there.
 */
const kernelDefaults: readonly string[] = [
  "lxc.sysctl.net.ipv4.ip_forward = 0",
  ...["rp_filter", "arp_ignore", "arp_announce", "proxy_arp", "route_localnet", "log_martians"].flatMap((setting) =>
    ["all", "default", "eth0"].map((device) => `lxc.sysctl.net.ipv4.conf.${device}.${setting} = 0`),
  ),
];

/**
 * The configuration of a container that is a whole Debian host: its systemd, its own control groups, and containers,
 * bridges and daemons within it. It is privileged, so what runs in it is trusted as much as root is.
 */
export function containerConfig({ name, root, devices, network }: ContainerParts): string {
  const lines = [
    "lxc.include = /usr/share/lxc/config/common.conf",
    "lxc.include = /usr/share/lxc/config/nesting.conf",
    "lxc.apparmor.profile = unconfined",
    // Empty values clear what the included files set.
    "lxc.cap.drop =",
    // The clock is the machine's own, and the kernel moves it by hours where `timedatectl` first tells it a time zone.
    "lxc.cap.drop = sys_time",
    "lxc.mount.auto =",
    "lxc.mount.auto = proc:rw sys:rw cgroup:rw:force",
    ...(existsSync("/sys/fs/cgroup/cgroup.controllers")
      ? ["lxc.cgroup2.devices.allow =", "lxc.cgroup2.devices.allow = a"]
      : ["lxc.cgroup.devices.allow =", "lxc.cgroup.devices.allow = a"]),
    `lxc.hook.autodev = ${devices}`,
    `lxc.uts.name = host`,
    `lxc.rootfs.path = dir:${root}`,
    // systemd stops by it without waiting for whoever holds a terminal.
    "lxc.signal.halt = SIGRTMIN+4",
    "lxc.net.0.type = veth",
    `lxc.net.0.link = ${network.bridge}`,
    "lxc.net.0.name = eth0",
    "lxc.net.0.flags = up",
    `lxc.net.0.hwaddr = 02:77:00:00:00:${name.replace(/\D/g, "").padStart(2, "0").slice(-2)}`,
    `lxc.net.0.ipv4.address = ${network.address}`,
    `lxc.net.0.ipv4.gateway = ${network.gateway}`,
    ...kernelDefaults,
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * Makes the nodes of devices that the machine has. A bind mount of the machine's own nodes would let the host's udev
 * change who owns them. Then it lets process numbers begin somewhere else at each start: a container starts the same programs in the
 * same order, and a number that a daemon kept in a file would name one of the next start's. LXD and Incus kill what has the number
 * of their last dnsmasq: it was one of their own threads.
 */
export const deviceScript = `#!/bin/sh
cd "$LXC_ROOTFS_MOUNT/dev" || exit 1
mkdir -p net
[ ! -c /dev/fuse ] || [ -e fuse ] || mknod -m 0666 fuse c 10 229
[ ! -c /dev/net/tun ] || [ -e net/tun ] || mknod -m 0666 net/tun c 10 200
[ ! -c /dev/kvm ] || [ -e kvm ] || mknod -m 0660 kvm c 10 232
echo "$(($(od -An -N2 -tu2 /dev/urandom) * 16 + 1000))" >/proc/sys/kernel/ns_last_pid || :
`;
