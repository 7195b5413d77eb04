import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../../checkout.ts";
import { NETWORK } from "./launch.ts";

/**
 * Packages that a virtual machine has beside those of a container. Its kernel is that of an installed Debian: the smaller one for
 * clouds can't be the first machine of Xen.
 */
export const MACHINE_PACKAGES = ["grub-pc", "initramfs-tools", "linux-image-amd64", "zstd"] as const;

/** The file system of its root, on the only partition of its only disk. */
export const ROOT = "/dev/vda1";

/**
 * What the kernel of a machine is told, in GRUB's settings as on an installed Debian. Guards against other guests' spying cost much
 * and protect nobody there. On a busy machine outside an emulated processor stands still now and then: the kernel must not take
 * that for a broken timer or for a processor that hangs. Where it panics for it all the same, it boots again.
 */
export const KERNEL_WORDS =
  "rw net.ifnames=0 console=ttyS0 quiet loglevel=3 systemd.show_status=false mitigations=off no_timer_check nowatchdog panic=-1";

/** Shell that makes a machine boot by a boot loader of its own, run in it when it has been booted from outside, once. */
export const BOOT_LOADER_SHELL = "grub-install /dev/vda && update-grub";

/** The agent, which lets shells be opened in the machine from outside. */
export const agentFile: string = join(checkout, "src/verify/machine/qemu/agent.pl");

/**
 * Shell that finishes a machine's system within it, after that of all images. The agent's service is the one thing in it that an
 * installed Debian has not. Nothing manages the network: a runbook may bring what does.
 */
export const MACHINE_SHELL = `set -eu
printf '%s\\n' '[Unit]' 'Description=Shells for the machine outside' '[Service]' \\
  'ExecStart=/usr/bin/perl /usr/local/lib/runbook/agent' Restart=always KillMode=process OOMScoreAdjust=-900 \\
  '[Install]' WantedBy=multi-user.target >/etc/systemd/system/runbook-agent.service
printf '%s\\n' '[Unit]' 'Description=The address in the network outside' Before=network.target \\
  '[Service]' Type=oneshot RemainAfterExit=yes 'ExecStart=/bin/sh /usr/local/lib/runbook/network' \\
  '[Install]' WantedBy=multi-user.target >/etc/systemd/system/runbook-network.service
printf '%s\\n' 'until ip link set eth0 up; do sleep 1; done' 'ip address replace ${NETWORK.address} dev eth0' \\
  'ip route replace default via ${NETWORK.gateway}' >/usr/local/lib/runbook/network
rm -f /etc/resolv.conf
echo 'nameserver ${NETWORK.nameserver}' >/etc/resolv.conf
echo '${ROOT} / ext4 noatime 0 1' >/etc/fstab
echo MODULES=list >/etc/initramfs-tools/conf.d/runbook
printf '%s\\n' virtio_pci virtio_blk ext4 >>/etc/initramfs-tools/modules
update-initramfs -u
mkdir -p /etc/default/grub.d
printf '%s\\n' GRUB_TIMEOUT=0 GRUB_TERMINAL=serial 'GRUB_SERIAL_COMMAND="serial --unit=0 --speed=115200"' \\
  'GRUB_CMDLINE_LINUX_DEFAULT="${KERNEL_WORDS}"' >/etc/default/grub.d/machine.cfg
systemctl enable runbook-agent.service runbook-network.service
systemctl mask serial-getty@ttyS0.service
rm -rf /etc/systemd/system/lxc-net.service.d /etc/systemd/system/lxcfs.service.d
`;

/** The parts of this recipe that change a system. */
export const machineRecipe = (): unknown => [
  MACHINE_PACKAGES,
  MACHINE_SHELL,
  BOOT_LOADER_SHELL,
  readFileSync(agentFile, "utf8"),
];
