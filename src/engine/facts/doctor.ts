import type { Need } from "../../language/model/needs.ts";
import type { HostFacts } from "./facts.ts";
import { internetReachable, kvmUsable } from "./needs.ts";

/** What supplies something that a host lacks: Debian packages, or a word of advice. */
export type Supplier = { packages: string[] } | { advice: string };

/** A line of the table of what a host offers. */
export interface DoctorRow {
  name: string;
  /** `limited`: the host offers only a part, or too little; `unknown`: the host did not answer. */
  state: "offered" | "limited" | "lacking" | "unknown";
  /** What was found, in a few words. */
  found: string;
  /** The need of a runbook that it answers. */
  need?: Need;
  /** Absent where the host lacks nothing here. */
  supplier?: Supplier;
}

/** A row, with what supplies the thing where the host lacks it. */
type Rule = (facts: HostFacts) => DoctorRow;

const gibibyte = 2 ** 30;

const rules: Rule[] = [
  ({ root, user }) => ({
    ...{ name: "root", need: "root", state: root ? "offered" : "lacking", found: `user ${user}` },
    supplier: { advice: "put `sudo` before the command" },
  }),
  ({ os, kernel, machine, virtualization = "none" }) => ({
    name: "system",
    state: os === undefined ? "unknown" : "offered",
    found: [os, kernel, machine, virtualization === "none" ? undefined : `in ${virtualization}`]
      .filter(Boolean)
      .join(", "),
  }),
  ({ systemd, init }) => ({
    ...{ name: "systemd", need: "systemd", state: systemd === undefined ? "lacking" : "offered" },
    found: systemd ?? `PID 1 is ${init ?? "another"}`,
    supplier: { packages: ["systemd-sysv"] },
  }),
  ({ cgroup }) => ({
    ...{ name: "cgroup", need: "cgroup2", state: cgroup === 2 ? "offered" : cgroup === 1 ? "limited" : "lacking" },
    found: cgroup === undefined ? "no hierarchy" : `version ${cgroup}`,
    supplier: { advice: "boot with `systemd.unified_cgroup_hierarchy=1`" },
  }),
  (facts) => ({
    ...{ name: "KVM", need: "kvm", state: kvmUsable(facts) ? "offered" : "lacking" },
    found: `${facts.kvm.cpu ? "processor can" : "no vmx or svm in the processor"}, ${deviceWords[facts.kvm.device]}`,
    supplier:
      facts.kvm.cpu && facts.kvm.device === "present"
        ? { advice: "be root or in the group kvm" }
        : { advice: "switch it on in the firmware or the hypervisor; QEMU emulates without it (`accel=tcg`)" },
  }),
  (facts) => ({
    ...{ name: "nested KVM", state: kvmUsable(facts) && facts.kvm.nested ? "offered" : "lacking" },
    found: facts.kvm.nested ? "guests can run guests" : kvmUsable(facts) ? "off" : "no KVM",
    ...(kvmUsable(facts) && {
      supplier: { advice: "`modprobe kvm_intel nested=1` (or kvm_amd), with no guest running" },
    }),
  }),
  ({ bootloader }) => ({
    ...{ name: "boot loader", need: "bootloader", state: bootloader ? "offered" : "lacking" },
    found: bootloader ? "GRUB" : "no GRUB with a menu",
    supplier: { advice: "use a physical or virtual machine that boots by Debian's GRUB" },
  }),
  ({ lxc }) => ({
    ...{ name: "LXC", state: lxc === undefined ? "lacking" : "offered", found: lxc ?? "not installed" },
    supplier: { packages: ["lxc"] },
  }),
  ({ bridge }) => ({
    ...{ name: "bridge", state: bridge === undefined ? "lacking" : bridge === "" ? "limited" : "offered" },
    found: bridge === undefined ? "no lxcbr0" : `lxcbr0 ${bridge || "without an address"}`,
    supplier: { packages: ["lxc", "dnsmasq-base"] },
  }),
  ({ binfmt }) => ({
    ...{ name: "binfmt", state: binfmt.length > 0 ? "offered" : "lacking" },
    found: binfmt.length > 0 ? shortList(binfmt) : "only this architecture's programs run",
    supplier: { packages: ["qemu-user-static", "binfmt-support"] },
  }),
  ({ diskFree }) =>
    amount("disk", diskFree, 3 * gibibyte, "free in /var/lib", "make room: an image and a container take 2 GiB"),
  ({ memory, memoryFree = memory }) =>
    amount("memory", memoryFree, gibibyte / 2, "free", "end something: a container takes 100 MiB"),
  (facts) => ({
    ...{ name: "internet", need: "internet", state: reached(internetReachable(facts)) },
    found: reachedWords(facts.network),
    supplier: { advice: "look at the route and the name server, or give apt a proxy" },
  }),
  ({ network }) => ({
    ...{ name: "image server", state: reached(network?.imageServer) },
    found: network ? "images.linuxcontainers.org" : "not tried",
    supplier: { packages: ["mmdebstrap"] },
  }),
];

const deviceWords = { absent: "no /dev/kvm", present: "/dev/kvm does not open", opens: "/dev/kvm opens" };

/** The table of what a host offers and lacks. */
export function doctorRows(facts: HostFacts): DoctorRow[] {
  return rules.map((rule) => {
    const { supplier, ...row } = rule(facts);
    const isWanting = row.state === "lacking" || row.state === "limited";
    return isWanting && supplier ? { ...row, supplier } : row;
  });
}

function amount(
  name: string,
  bytes: number | undefined,
  enough: number,
  where: string,
  advice: string,
): ReturnType<Rule> {
  if (bytes === undefined) return { name, state: "unknown", found: "" };
  const found = `${(bytes / gibibyte).toFixed(1)} GiB ${where}`;
  return { name, state: bytes < enough ? "limited" : "offered", found, supplier: { advice } };
}

function reached(reached: boolean | undefined): DoctorRow["state"] {
  return reached === undefined ? "unknown" : reached ? "offered" : "lacking";
}

function reachedWords(network: HostFacts["network"]): string {
  if (!network) return "not tried";
  if (network.mirror) return "deb.debian.org";
  if (network.imageServer) return "images.linuxcontainers.org";
  return network.proxy ? "by a proxy" : "neither deb.debian.org nor images.linuxcontainers.org";
}

function shortList(words: string[]): string {
  return words.length > 4 ? `${words.slice(0, 3).join(", ")} and ${words.length - 3} more` : words.join(", ");
}
