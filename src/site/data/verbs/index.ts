import { docker } from "./containers/docker.ts";
import { incus } from "./containers/incus.ts";
import { lxc } from "./containers/lxc.ts";
import { lxd } from "./containers/lxd.ts";
import { esxi } from "./machines/esxi.ts";
import { hyperV } from "./machines/hyper-v.ts";
import { kvm } from "./machines/kvm.ts";
import { qemu } from "./machines/qemu.ts";
import { virtualbox } from "./machines/virtualbox.ts";
import { vmware } from "./machines/vmware.ts";
import { xen } from "./machines/xen.ts";
import type { Toolset } from "./verb.ts";

/** When the commands were last compared with their documentation. */
export const asOf = "November 2026";

/** All sets of commands, by the name that stands in addresses, in the order of the systems. */
export const toolsets = {
  docker,
  lxc,
  lxd,
  incus,
  qemu,
  kvm,
  xen,
  virtualbox,
  vmware,
  esxi,
  "hyper-v": hyperV,
} as const satisfies Record<string, Toolset>;

/** The name of a set of commands. */
export type ToolsetId = keyof typeof toolsets;
