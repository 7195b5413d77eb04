import type { Outcome } from "./outcome.ts";

/** Of the runbooks about KVM and libvirt. */
export const kvmOutcomes: Record<string, Outcome> = {
  "kvm-check": {
    has: "An answer whether this user can start machines with KVM here, and if not, what is missing.",
    deletes: "nothing: the page changes nothing.",
    next: "kvm",
    fails: {
      module: ["fix/could-not-access-kvm-no-such-file"],
      device: ["fix/could-not-access-kvm-permission-denied"],
    },
  },
  "kvm-vm": {
    has: "A machine `$KVM_NAME` in `$KVM_DIR`: its disk, the script that starts it, and the user that runs it. It is off.",
    deletes: "the machine's folder with its disk, and its user. A machine that runs loses its power first.",
    next: "libvirt-host",
    fails: { start: ["fix/could-not-access-kvm-no-such-file", "fix/could-not-access-kvm-permission-denied"] },
  },
  "libvirt-host": {
    has: "libvirt's daemon, `virsh` and `virt-install`, and the network `default` with addresses by DHCP.",
    deletes: "the network, the packages that this page installed and libvirt's definitions. Disks stay.",
    next: "kvm-everyday",
    fails: { network: ["fix/libvirt-network-default-not-active"] },
  },
  "kvm-everyday": {
    has: "A machine `$DOMAIN` that is off, with two disks in `$DISKS`.",
    deletes: "the machine, its pool and the folder `$DISKS` with all disks in it.",
    next: "kvm-share",
    fails: {
      create: ["fix/libvirt-cannot-access-storage-file"],
      start: ["fix/libvirt-cannot-access-storage-file", "fix/libvirt-network-default-not-active"],
    },
  },
  "kvm-share": {
    has: "A machine `$SHARE_DOMAIN` that is off, and gets the folder `$SHARED` by virtiofs whenever it runs.",
    deletes: "the machine, and the folder `$SHARED` with all in it.",
    next: "topics/storage-and-images",
    fails: { create: ["fix/virtiofs-requires-shared-memory"], start: ["fix/virtiofs-requires-shared-memory"] },
  },
};
