/** What a host can be asked to offer that no runbook can supply. */
export const NEEDS = ["root", "systemd", "kvm", "cgroup2", "bootloader", "internet"] as const;

/** One of them. */
export type Need = (typeof NEEDS)[number];
