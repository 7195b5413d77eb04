import type { Outcome } from "./outcome.ts";

/** Of the runbooks about QEMU and the disk images of any hypervisor. */
export const qemuOutcomes: Record<string, Outcome> = {
  "qemu-images": {
    has: "Disk images in `$IMAGES`, with snapshots and backing files to try `qemu-img` on.",
    deletes: "the images of this page, the folder if it is empty then, and the package if this page installed it.",
    next: "image-convert",
    fails: { create: ["fix/qemu-failed-to-get-write-lock"] },
  },
  "image-convert": {
    has: "One disk in `$IMAGES` in the formats of QEMU, VirtualBox, VMware and Hyper-V.",
    deletes: "the images of this page.",
    next: "topics/storage-and-images",
  },
  "qemu-host": {
    has: "QEMU's emulator for x86 machines, `qemu-img` and `socat`, and an answer whether machines can have KVM here.",
    deletes: "the packages that this page installed. Images and machines of yours stay.",
    next: "qemu-vm",
    fails: { accelerator: ["fix/could-not-access-kvm-no-such-file"] },
  },
  "guest-detect": {
    has: "A small guest in `$DETECT` that boots in seconds and says which hypervisor it sees.",
    deletes: "the folder `$DETECT` with all in it.",
    next: "topics/nested-virtualization",
  },
  "qemu-vm": {
    has: "A Debian machine `$VM` that starts with the host, and answers ssh on port `$SSH_PORT` of the loopback address.",
    stop: 'systemctl stop "vm-$VM"',
    deletes: "the machine with its disk and all that is on it, its unit and its user.",
    next: "qemu-everyday",
  },
  "container-to-vm": {
    has: "A disk `$VM_DIR/disk.qcow2` with the files of a container, which booted once, and its kernel beside it.",
    deletes: "the machine's folder, and the container that this page created.",
    next: "qemu-vm",
    fails: { boot: ["fix/converted-machine-does-not-boot"] },
  },
  "qemu-everyday": {
    has: "A machine `$WEB` in `$MACHINES`, its system, its disk with a snapshot and the script that starts it. It is off.",
    deletes: "the folder `$MACHINES` with all in it. A machine that runs loses its power first.",
    next: "qemu-images",
    fails: { create: ["fix/qemu-failed-to-get-write-lock"] },
  },
  "qemu-devices": {
    has: "A small guest in `$DEVICES`, booted once with emulated hardware and once with VIRTIO, and what was counted in `emulated` and `virtio`.",
    deletes: "the folder `$DEVICES` with all in it.",
    next: "topics/storage-and-images",
  },
  "qemu-arm64": {
    has: "A small arm64 machine in `$ARM_MACHINE` that boots in seconds and says what it is.",
    deletes: "the folder `$ARM_MACHINE` with all in it, and the packages that this page installed.",
    next: "qemu-user",
  },
  "qemu-guest": {
    has: "A small Linux in `$GUEST_DIR`, kernel and first file system, that boots in seconds under any QEMU.",
    deletes: "the folder `$GUEST_DIR` with all in it.",
    next: "kvm-vm",
  },
  "ova-export": {
    has: "`$APPLIANCE.ova` in `$APPLIANCES`, which VMware, VirtualBox and others import.",
    deletes: "the files of this page, and the folder if it is empty then.",
    next: "topics/storage-and-images",
  },
  "qemu-user": {
    has: "An emulator for programs of `$FOREIGN_ARCH`, and two such programs in `$FOREIGN`.",
    deletes: "the folder `$FOREIGN` with all in it, and the package if this page installed it.",
    next: "fix/exec-format-error",
  },
};
