import { docker, incus, lxc, lxd } from "./compare-containers.ts";
import { kvm, qemu, xen } from "./compare-open.ts";
import { hyperV, virtualbox, vmware } from "./compare-vendors.ts";
import type { Comparison } from "./comparison.ts";

/** When the facts were last looked at. */
export const asOf = "November 2026";

/** What each system is and offers, as of that month. */
export const comparison: Comparison = {
  docker,
  lxc,
  lxd,
  incus,
  qemu,
  kvm,
  xen,
  virtualbox,
  vmware,
  "hyper-v": hyperV,
};
