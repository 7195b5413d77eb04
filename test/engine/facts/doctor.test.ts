import { expect, test } from "vitest";
import { supplierOf } from "../../../src/cli/doctor/suppliers.ts";
import { doctorRows } from "../../../src/engine/facts/doctor.ts";
import { bareHost, fullHost } from "./host.ts";

const states = (rows: ReturnType<typeof doctorRows>) =>
  Object.fromEntries(rows.map(({ name, state }) => [name, state]));

test("a host that offers everything needs no supplier", () => {
  const rows = doctorRows(fullHost());
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(["offered"]));
  expect(rows.filter((row) => "supplier" in row)).toEqual([]);
});

test("what a host lacks is supplied by a runbook of the library, else by a package, else by advice", () => {
  const rows = doctorRows(bareHost);
  const supplier = (name: string, ids: string[]) =>
    rows.filter((row) => row.name === name).map((row) => supplierOf(row, new Set(ids)))[0];
  expect(supplier("LXC", ["lxc-host"])).toEqual({ runbook: "lxc-host" });
  expect(supplier("LXC", [])).toEqual({ packages: ["lxc"] });
  expect(supplier("image server", ["lxc-image"])).toEqual({ runbook: "lxc-image" });
  expect(supplier("root", ["lxc-host"])).toEqual({ advice: expect.stringContaining("sudo") });
  const [lxc] = doctorRows(fullHost()).filter(({ name }) => name === "LXC");
  expect(lxc && supplierOf(lxc, new Set(["lxc-host"]))).toBeUndefined();
});

test("each thing is offered, limited, lacking or unknown", () => {
  expect(states(doctorRows(bareHost))).toEqual({
    root: "lacking",
    system: "unknown",
    systemd: "lacking",
    cgroup: "lacking",
    KVM: "lacking",
    "nested KVM": "lacking",
    "boot loader": "lacking",
    LXC: "lacking",
    bridge: "lacking",
    binfmt: "lacking",
    disk: "limited",
    memory: "unknown",
    internet: "lacking",
    "image server": "lacking",
  });
  const { network: _, ...unasked } = fullHost({ cgroup: 1, bridge: "" });
  expect(states(doctorRows(unasked))).toMatchObject({
    cgroup: "limited",
    bridge: "limited",
    internet: "unknown",
    "image server": "unknown",
  });
});

test("the device alone is no KVM", () => {
  const row = doctorRows(fullHost({ kvm: { cpu: false, device: "opens", nested: false } })).find(
    ({ name }) => name === "KVM",
  );
  expect(row).toMatchObject({ state: "lacking", found: "no vmx or svm in the processor, /dev/kvm opens", need: "kvm" });
});
