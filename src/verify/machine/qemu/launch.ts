import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Shells that a machine can carry at once. */
export const LINES = 12;

/** Memory of a machine, in MiB. It costs what the machine uses of it. */
const memory = 2048;

/**
 * The emulated processor. Its guests run with the help of SVM and nested paging, in KVM and in Xen alike. Under QEMU's fullest model,
 * `max`, the first machine of Xen crashes.
 */
const emulated = "qemu64,+svm,+npt";

/** The machine's network, which QEMU itself makes: nothing of it exists on the machine outside. */
export const NETWORK = { net: "10.77.1.0/24", gateway: "10.77.1.1", nameserver: "10.77.1.3", address: "10.77.1.2/24" };

/** What a virtual machine is started with. */
export interface LaunchOptions {
  /** Where its disk lies. */
  volume: string;
  /** Where its sockets are made. */
  folder: string;
  kvm: boolean;
  /** The machine has no network, not even to the machine that it runs on. */
  sealed: boolean;
  /** The snapshot that it goes on from; without one it boots. */
  from?: string;
  /** What it boots in place of what its disk's boot loader chooses. */
  kernel?: KernelOutside;
}

/** A kernel that lies outside the machine. */
export interface KernelOutside {
  file: string;
  /** Its initial file system. */
  initrd: string;
  /** Its command line. */
  words: string;
}

/** Whether this machine's processor runs guests: a /dev/kvm may be there without that, and then cannot run stock kernels. */
export function kvmHere(): boolean {
  try {
    if (!/^flags\s*:.*\b(vmx|svm)\b/m.test(readFileSync("/proc/cpuinfo", "utf8"))) return false;
    closeSync(openSync("/dev/kvm", "r+"));
    return true;
  } catch {
    return false;
  }
}

/** The words of the command that starts a machine. */
export function launchWords({ volume, folder, kvm, sealed, from, kernel }: LaunchOptions): string[] {
  const lines = Array.from({ length: LINES }, (_, index) => [
    ...["-chardev", `socket,id=line${index + 1},path=${join(folder, `line-${index + 1}`)},server=on,wait=off`],
    ...["-device", `virtserialport,chardev=line${index + 1},name=runbook.${index + 1}`],
  ]);
  const { net, gateway, nameserver } = NETWORK;
  return [
    ...["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none"],
    ...["-machine", `pc,accel=${kvm ? "kvm" : "tcg"}`, "-cpu", kvm ? "host" : emulated],
    ...["-smp", kvm ? "2" : "1", "-m", String(memory)],
    ...(kernel ? ["-kernel", kernel.file, "-initrd", kernel.initrd, "-append", kernel.words] : []),
    // A disk whose data are lost with the machine outside is made anew, so nothing waits for it. Where the disk outside is full,
    // the machine is told so: by default it would stand still.
    ...["-drive", `file=${join(volume, "disk.qcow2")},if=none,id=disk,cache=unsafe,discard=unmap,werror=report`],
    ...["-device", "virtio-blk-pci,drive=disk"],
    ...["-netdev", `user,id=net,net=${net},host=${gateway},dns=${nameserver},ipv6=off${sealed ? ",restrict=on" : ""}`],
    ...["-device", "virtio-net-pci,netdev=net,romfile="],
    ...["-device", "virtio-rng-pci", "-device", "virtio-balloon-pci,id=balloon"],
    ...["-device", "virtio-serial-pci,max_ports=16", ...lines.flat()],
    ...["-serial", `file:${join(folder, "console")}`],
    ...["-qmp", `unix:${join(folder, "qmp")},server=on,wait=off`, "-pidfile", join(folder, "pid")],
    ...(from === undefined ? [] : ["-loadvm", from]),
  ];
}
