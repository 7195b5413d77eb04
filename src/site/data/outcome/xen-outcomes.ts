import type { Outcome } from "./outcome.ts";

/** Of the runbooks about Xen. */
export const xenOutcomes: Record<string, Outcome> = {
  "xen-host": {
    has: "Xen, which starts at each boot, dom0 with a fixed share of the memory, and the bridge `xenbr0` with `$XEN_ADDRESS`.",
    deletes:
      "the bridge, the packages that this page installed, `/etc/xen` and Xen's logs, after a restart without Xen. Disks of guests stay.",
    next: "xen-everyday",
    fails: {},
  },
  "xen-everyday": {
    has: "A guest's file `/etc/xen/$DOMU.cfg`, and its kernel and first file system in `$XEN_DIR`. It is off.",
    deletes: "the guest, its file and the folder `$XEN_DIR`.",
    next: "topics/backup-and-restore",
    fails: { create: ["fix/xl-contradicting-builder-and-type"] },
  },
};
