import { docker } from "./docker.ts";
import { esxi } from "./esxi.ts";
import { hyperV } from "./hyper-v.ts";
import { incus } from "./incus.ts";
import { kvm } from "./kvm.ts";
import { lxc } from "./lxc.ts";
import { lxd } from "./lxd.ts";
import { qemu } from "./qemu.ts";
import type { Toolset } from "./verb.ts";
import { virtualbox } from "./virtualbox.ts";
import { vmware } from "./vmware.ts";
import { xen } from "./xen.ts";

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
