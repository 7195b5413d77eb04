import type { HostFacts } from "../../../src/engine/facts/facts.ts";

/** A host that offers everything, but for what a test says. */
export function fullHost(change: Partial<HostFacts> = {}): HostFacts {
  return {
    user: "root",
    root: true,
    os: "Debian GNU/Linux 13 (trixie)",
    kernel: "6.12.1",
    machine: "x86_64",
    init: "systemd",
    systemd: "running",
    virtualization: "none",
    cgroup: 2,
    kvm: { cpu: true, device: "opens", nested: true },
    bootloader: true,
    lxc: "6.0.4",
    bridge: "10.0.3.1/24",
    binfmt: ["aarch64"],
    diskFree: 50 * 2 ** 30,
    memory: 8 * 2 ** 30,
    memoryFree: 4 * 2 ** 30,
    network: { mirror: true, imageServer: true, proxy: false },
    ...change,
  };
}

/** One that offers nothing. */
export const bareHost: HostFacts = {
  user: "me",
  root: false,
  init: "sh",
  kvm: { cpu: false, device: "absent", nested: false },
  bootloader: false,
  binfmt: [],
  diskFree: 2 ** 20,
  network: { mirror: false, imageServer: false, proxy: false },
};
