import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../../checkout.ts";
import { NETWORK } from "./launch.ts";

/** Packages that a virtual machine has beside those of a container. */
export const MACHINE_PACKAGES = ["e2fsprogs", "initramfs-tools", "linux-image-cloud-amd64", "zstd"] as const;

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
printf '%s\\n' '[Unit]' 'Description=The address in the network outside' \\
  Requires=sys-subsystem-net-devices-eth0.device After=sys-subsystem-net-devices-eth0.device Before=network.target \\
  '[Service]' Type=oneshot RemainAfterExit=yes 'ExecStart=/bin/sh /usr/local/lib/runbook/network' \\
  '[Install]' WantedBy=multi-user.target >/etc/systemd/system/runbook-network.service
printf '%s\\n' 'ip link set eth0 up' 'ip address replace ${NETWORK.address} dev eth0' \\
  'ip route replace default via ${NETWORK.gateway}' >/usr/local/lib/runbook/network
rm -f /etc/resolv.conf
echo 'nameserver ${NETWORK.nameserver}' >/etc/resolv.conf
echo '/dev/vda / ext4 noatime 0 1' >/etc/fstab
echo MODULES=list >/etc/initramfs-tools/conf.d/runbook
printf '%s\\n' virtio_pci virtio_blk ext4 >>/etc/initramfs-tools/modules
update-initramfs -u
systemctl enable runbook-agent.service runbook-network.service
systemctl mask serial-getty@ttyS0.service
rm -rf /etc/systemd/system/lxc-net.service.d /etc/systemd/system/lxcfs.service.d
`;

/** The parts of this recipe that change a system. */
export const machineRecipe = (): unknown => [MACHINE_PACKAGES, MACHINE_SHELL, readFileSync(agentFile, "utf8")];
