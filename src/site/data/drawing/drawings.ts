import { docker, incus, lxc, lxd } from "./container-drawings.ts";
import type { Drawing, SystemId } from "./drawing.ts";
import { hyperV, kvm, qemu, virtualbox, vmware, xen } from "./machine-drawings.ts";

/** A drawing for each system, in the order in which they are shown. */
export const drawings: Record<SystemId, Drawing> = {
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
