import type { SystemFacts } from "./comparison.ts";

/** What a reader may insist on, and which systems have it. */
export const wishes: Record<string, { label: string; holds: (facts: SystemFacts) => boolean }> = {
  kernel: { label: "a kernel of its own", holds: ({ ownKernel }) => ownKernel.is.includes("yes") },
  plain: {
    label: "no VT-x or AMD-V",
    holds: ({ hardware }) => ["no", "for machines", "not for PV"].includes(hardware.is),
  },
  windows: { label: "Windows guests", holds: ({ windows }) => offered(windows.is) },
  nested: { label: "nesting", holds: ({ nested }) => offered(nested.is) },
  migration: { label: "live migration", holds: ({ migration }) => offered(migration.is) },
  snapshots: { label: "snapshots", holds: ({ snapshots }) => offered(snapshots.is) },
  gpu: { label: "GPU passthrough", holds: ({ gpu }) => offered(gpu.is) },
  rootless: { label: "use without root", holds: ({ rootless }) => offered(rootless.is) },
  linux: { label: "a Linux host", holds: ({ hosts }) => hosts.is.includes("Linux") },
  winhost: { label: "a Windows host", holds: ({ hosts }) => hosts.is.includes("Windows") },
  mac: { label: "a macOS host", holds: ({ hosts }) => hosts.is.includes("macOS") },
  free: { label: "free software", holds: ({ licence }) => licence.is !== "proprietary" },
};

function offered(words: string): boolean {
  return words.startsWith("supported");
}
