import { expect, test } from "vitest";
import type { Need } from "../../../src/language/model/needs.ts";
import { kindFor } from "../../../src/verify/machine/choose-kind.ts";

const all = { kvm: true, cgroup2: true, qemu: true };

test.each<[Need[], Partial<typeof all>, string]>([
  [[], {}, "lxc"],
  [["root", "systemd", "internet"], { kvm: false, cgroup2: false }, "lxc"],
  [["kvm"], {}, "lxc"],
  [["kvm"], { kvm: false }, "qemu"],
  [["root", "cgroup2"], { cgroup2: false }, "qemu"],
  // A container has its host's kernel, whatever that offers.
  [["root", "bootloader"], {}, "qemu"],
  // The container then says what it lacks.
  [["kvm"], { kvm: false, qemu: false }, "lxc"],
  [["bootloader"], { qemu: false }, "lxc"],
])("what needs %j where this machine is %j is proved on %s", (needs, lacking, kind) => {
  expect(kindFor(needs, { ...all, ...lacking })).toBe(kind);
});
