import type { Need } from "../../language/model/needs.ts";
import type { HostFacts } from "./facts.ts";

/** Something that a runbook needs and the host lacks, with the way out. */
export interface MissingNeed {
  need: Need;
  message: string;
  hint: string;
}

interface Rule {
  /** Undefined where it could not be found out. */
  met: (facts: HostFacts) => boolean | undefined;
  message: (facts: HostFacts) => string;
  hint: string;
}

/** A processor without vmx or svm can't run stock guests, even where a /dev/kvm opens. */
export function kvmUsable({ kvm }: HostFacts): boolean {
  return kvm.cpu && kvm.device === "opens";
}

/** Undefined where the network was not tried. */
export function internetReachable({ network }: HostFacts): boolean | undefined {
  return network && (network.mirror || network.imageServer || network.proxy);
}

const rules: Record<Need, Rule> = {
  root: {
    met: ({ root }) => root,
    message: ({ user }) => `It needs root, and this is ${user}.`,
    hint: "Put `sudo` before the command.",
  },
  systemd: {
    met: ({ systemd }) => systemd !== undefined,
    message: ({ init }) => `It needs systemd as PID 1${init === undefined ? "" : `, which is ${init} here`}.`,
    hint: "Use a machine or a system container that systemd starts.",
  },
  kvm: {
    met: kvmUsable,
    message: ({ kvm }) => {
      if (!kvm.cpu) return "It needs KVM, and the processor does not offer it (neither vmx nor svm in /proc/cpuinfo).";
      if (kvm.device === "present") return "It needs KVM, and this user may not open /dev/kvm.";
      return "It needs KVM, and there is no /dev/kvm.";
    },
    hint: "Switch virtualization on in the firmware, or nesting in the hypervisor; be root or in the group kvm.",
  },
  cgroup2: {
    met: ({ cgroup }) => cgroup === 2,
    message: () => "It needs the unified cgroup hierarchy (version 2).",
    hint: "Boot with `systemd.unified_cgroup_hierarchy=1` on the kernel's command line.",
  },
  bootloader: {
    met: ({ bootloader }) => bootloader,
    message: () => "It needs a boot loader that it may change, and no GRUB with a menu starts this host.",
    hint: "Use a physical or virtual machine with Debian's GRUB: a container has its host's kernel.",
  },
  internet: {
    met: internetReachable,
    message: () =>
      "It needs the internet: neither deb.debian.org nor images.linuxcontainers.org can be reached, and no proxy is set.",
    hint: "Look at the route and the name server, or give apt a proxy.",
  },
};

/** The needs of a runbook that a host does not meet. A need that was not looked for counts as met. */
export function missingNeeds(needs: Iterable<Need>, facts: HostFacts): MissingNeed[] {
  return [...new Set(needs)]
    .filter((need) => rules[need].met(facts) === false)
    .map((need) => ({ need, message: rules[need].message(facts), hint: rules[need].hint }));
}
