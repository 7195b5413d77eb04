import { drawn, instead, type Toolset } from "../verb.ts";

const virsh = "https://libvirt.org/manpages/virsh.html";
const manager = "https://github.com/virt-manager/virt-manager/blob/main/man";

/** KVM as libvirt runs it: machines that are remembered, by name. */
export const kvm: Toolset = {
  name: "KVM",
  system: "kvm",
  by: "libvirt's `virsh`, and virt-manager's `virt-install` and `virt-clone`, on `qemu:///system`. The commands are those of [the everyday page](/kvm/kvm-everyday/).",
  answers: {
    create: drawn(
      ["kvm-everyday/pool", "kvm-everyday/type", "kvm-everyday/create"],
      `${manager}/virt-install.rst`,
      "The guest's folder has a kernel and a first file system, and a disk with a system on it needs no `--boot`. Without `--print-xml 1` virt-install defines and starts it. `linux2022` is any recent Linux; `--cpu host-passthrough` gives a machine of type `kvm` all of the processor.",
    ),
    start: drawn("kvm-everyday/start", `${virsh}#start`, "`autostart` does it at each start of the host."),
    stop: drawn(
      "kvm-everyday/stop",
      `${virsh}#shutdown`,
      "`shutdown` returns at once, and the guest may ignore it. `virsh destroy web1` pulls the plug, and destroys nothing else.",
    ),
    list: drawn("kvm-everyday/list", `${virsh}#list`, "`virsh list --all` shows all, as a table."),
    enter: drawn(
      "kvm-everyday/enter",
      `${virsh}#console`,
      "By hand `virsh console web1`: the serial console, where the guest has a login on it; Ctrl-] leaves.",
    ),
    run: drawn(
      "kvm/kvm-everyday#run-a-command",
      `${virsh}#qemu-agent-command`,
      "With qemu-guest-agent in the guest. It answers with a number, which `guest-exec-status` turns into the output; ssh is shorter.",
    ),
    copy: instead(
      "kvm/kvm-everyday#copy-a-file-in",
      "https://libguestfs.org/virt-copy-in.1.html",
      "libvirt copies no files into a running guest: ssh does, or a directory shared by virtiofs. Into one that is off, libguestfs does.",
    ),
    limit: drawn(
      "kvm-everyday/limit",
      `${virsh}#schedinfo`,
      "The processor's time, at once. `virsh setmem` and `virsh setvcpus` with `--config` change what it has from the next start.",
    ),
    disk: drawn(
      "kvm-everyday/disk",
      `${virsh}#attach-disk`,
      "At once, and again at each start. Without `--subdriver` it is taken for raw.",
    ),
    network: drawn(
      "kvm-everyday/network",
      `${virsh}#domifaddr`,
      "libvirt's NAT publishes nothing: use a bridge, rules of the host's own, or from virt-install 5.0 on (Debian 13) `virt-install --network passt,portForward=8080:80`. One more card: `virsh attach-interface web1 network default --model virtio --persistent`.",
    ),
    snapshot: drawn(
      "kvm-everyday/snapshot",
      `${virsh}#snapshot-create-as`,
      "Of a machine that runs, its memory too; disks must be qcow2. A machine with UEFI needs [libvirt 10.10](https://libvirt.org/news.html#v10-10-0-2024-12-02) and a variable store in qcow2 too. `--disk-only --quiesce` takes the disks alone, as external files, of any machine. Reverting drops what changed since.",
    ),
    clone: drawn(
      "kvm-everyday/clone",
      `${manager}/virt-clone.rst`,
      "It must be off or paused. What is inside is the same: host name, keys, machine-id; `virt-sysprep` resets them.",
    ),
    move: drawn(
      "kvm/kvm-everyday#move-to-another-host",
      `${virsh}#migrate`,
      "While it runs. Both hosts see the disk under the same path; else `--copy-storage-all`, onto an image of the same size that is there already.",
    ),
    delete: drawn(
      "kvm-everyday/delete",
      `${virsh}#undefine`,
      "There is no way back. `--storage` names the disks that `virsh domblklist` lists, where they are in a storage pool; without it all disks stay. Never use `--remove-all-storage` before you have read that list: it deletes data disks and the installer's ISO file too (measured with libvirt 9.0).",
    ),
    logs: drawn(
      "kvm-everyday/logs",
      "https://www.ibm.com/docs/en/linuxonibm/ldva/ldva_r_logFiles.html",
      "QEMU's command line and complaints, in `/var/log/libvirt/qemu`. What the guest prints goes to its console, and into a file only where the definition has a `log` element.",
    ),
  },
};
