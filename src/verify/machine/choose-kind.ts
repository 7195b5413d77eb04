import type { Need } from "../../language/model/needs.ts";
import type { MachineKind } from "./image/images.ts";

/** Properties of this machine that a container on it shares. */
export interface KernelHere {
  /** Whether its processor runs guests. */
  kvm: boolean;
  cgroup2: boolean;
  /** Whether virtual machines can be made here. */
  qemu: boolean;
}

/**
 * The kind of clean host that a runbook is proved on where nobody says: a container, which takes seconds, unless the runbook
 * needs what this machine's kernel lacks and a virtual machine's has, or a boot loader, which no container has.
 */
export function kindFor(needs: Iterable<Need>, here: KernelHere): MachineKind {
  const offered: Partial<Record<Need, boolean>> = { kvm: here.kvm, cgroup2: here.cgroup2, bootloader: false };
  const lacking = [...needs].some((need) => offered[need] === false);
  return lacking && here.qemu ? "qemu" : "lxc";
}
