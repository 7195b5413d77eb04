import { does, lacks, type Toolset } from "../verb.ts";

const virsh = "https://libvirt.org/manpages/virsh.html";
const manager = "https://github.com/virt-manager/virt-manager/blob/main/man";

/** KVM as libvirt runs it: machines that are remembered, by name. */
export const kvm: Toolset = {
  name: "KVM",
  system: "kvm",
  by: "libvirt's `virsh`, and virt-manager's `virt-install` and `virt-clone`, on `qemu:///system`. The disk is an image with a system in it.",
  language: "sh",
  answers: {
    create: does(
      `virt-install --name web1 --memory 2048 --vcpus 2 \\
  --cpu host-passthrough --osinfo linux2022 --import \\
  --disk /var/lib/libvirt/images/web1.qcow2,bus=virtio \\
  --network network=default,model=virtio --graphics none --noautoconsole`,
      `${manager}/virt-install.rst`,
      "Defines and starts it. The network must run: `virsh net-start default`, and `virsh net-autostart default` for the next starts of the host. `linux2022` is any recent Linux. `--print-xml 1` prints the definition instead, for `virsh define`.",
    ),
    start: does("virsh start web1", `${virsh}#start`, "`virsh autostart web1` does at each start of the host."),
    stop: does(
      "virsh shutdown web1",
      `${virsh}#shutdown`,
      "Returns at once, and the guest may ignore it. `virsh destroy web1` pulls the plug, and destroys nothing else.",
    ),
    list: does("virsh list --all", `${virsh}#list`),
    enter: does(
      "virsh console web1",
      `${virsh}#console`,
      "The serial console, where the guest has a login on it; Ctrl-] leaves. `virsh domifaddr web1` says where ssh finds it.",
    ),
    run: does(
      `virsh qemu-agent-command web1 '{"execute": "guest-exec",
  "arguments": {"path": "/bin/systemctl",
    "arg": ["is-system-running"], "capture-output": true}}'`,
      `${virsh}#qemu-agent-command`,
      "With qemu-guest-agent in the guest. It answers with a number, which `guest-exec-status` turns into the output; ssh is shorter.",
    ),
    copy: lacks(
      "libvirt copies no files into a running guest: ssh does, or a directory shared by virtiofs. Into one that is off, libguestfs does.",
      "https://libguestfs.org/virt-copy-in.1.html",
      `virsh shutdown web1
virt-copy-in --domain web1 index.html /var/www/html/`,
    ),
    limit: does(
      `virsh setmaxmem web1 2G --config
virsh setmem web1 2G --config
virsh setvcpus web1 2 --maximum --config
virsh setvcpus web1 2 --config`,
      `${virsh}#setmem`,
      "From the next start. `--live` instead of `--config` changes a running one, up to the maximum that it has started with.",
    ),
    disk: does(
      `virsh vol-create-as default data.qcow2 10G --format qcow2
virsh attach-disk web1 /var/lib/libvirt/images/data.qcow2 vdb \\
  --subdriver qcow2 --persistent`,
      `${virsh}#attach-disk`,
      "At once, and again at each start. Without `--subdriver` it is taken for raw.",
    ),
    network: does(
      "virsh attach-interface web1 network default --model virtio --persistent",
      `${virsh}#attach-interface`,
      "libvirt's NAT publishes nothing: use a bridge, rules of the host's own, or `virt-install --network passt,portForward=8080:80`.",
    ),
    snapshot: does(
      `virsh snapshot-create-as web1 before
virsh snapshot-revert web1 before`,
      `${virsh}#snapshot-create-as`,
      "Memory and disks, which must be qcow2. A machine with UEFI needs [libvirt 10.10](https://libvirt.org/news.html#v10-10-0-2024-12-02) and a variable store in qcow2 too. `--disk-only --quiesce` takes the disks alone, as external files, of any machine. Reverting drops what changed since.",
    ),
    clone: does(
      `virsh shutdown web1
virt-clone --original web1 --name web2 --auto-clone`,
      `${manager}/virt-clone.rst`,
      "It must be off or paused. What is inside is the same: host name, keys, machine-id; `virt-sysprep` resets them.",
    ),
    move: does(
      `virsh migrate --live --persistent --undefinesource \\
  web1 qemu+ssh://host2/system`,
      `${virsh}#migrate`,
      "While it runs. Both hosts see the disk under the same path; else `--copy-storage-all`, onto an image of the same size that is there already.",
    ),
    delete: does(
      `virsh destroy web1
virsh undefine web1 --nvram --snapshots-metadata --storage vda`,
      `${virsh}#undefine`,
      "There is no way back. `--storage vda` deletes the disk that `virsh domblklist web1` lists as `vda`, where it is in a storage pool; without it all disks stay. Never use `--remove-all-storage` before you have read that list: it deletes data disks and the installer's ISO file too (measured with libvirt 9.0).",
    ),
    logs: does(
      "less /var/log/libvirt/qemu/web1.log",
      "https://www.ibm.com/docs/en/linuxonibm/ldva/ldva_r_logFiles.html",
      "QEMU's command line and complaints. What the guest prints goes to its console, and into a file only where the definition has a `log` element.",
    ),
  },
};
