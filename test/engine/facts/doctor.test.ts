import { expect, test } from "vitest";
import { doctorRows } from "../../../src/engine/facts/doctor.ts";
import { bareHost, fullHost } from "./host.ts";

const runbooks = new Set(["lxc-host", "lxc-image"]);
const states = (rows: ReturnType<typeof doctorRows>) =>
  Object.fromEntries(rows.map(({ name, state }) => [name, state]));

test("a host that offers everything needs no supplier", () => {
  const rows = doctorRows(fullHost(), runbooks);
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(["offered"]));
  expect(rows.filter((row) => "supplier" in row)).toEqual([]);
});

test("what a host lacks is supplied by a runbook of the library, else by a package, else by advice", () => {
  const supplierOf = (name: string, ids: Set<string>) =>
    doctorRows(bareHost, ids).find((row) => row.name === name)?.supplier;
  expect(supplierOf("LXC", runbooks)).toEqual({ runbook: "lxc-host" });
  expect(supplierOf("LXC", new Set())).toEqual({ packages: ["lxc"] });
  expect(supplierOf("image server", runbooks)).toEqual({ runbook: "lxc-image" });
  expect(supplierOf("root", runbooks)).toEqual({ advice: expect.stringContaining("sudo") });
});

test("each thing is offered, limited, lacking or unknown", () => {
  expect(states(doctorRows(bareHost, runbooks))).toEqual({
    root: "lacking",
    system: "unknown",
    systemd: "lacking",
    cgroup: "lacking",
    KVM: "lacking",
    "nested KVM": "lacking",
    LXC: "lacking",
    bridge: "lacking",
    binfmt: "lacking",
    disk: "limited",
    memory: "unknown",
    internet: "lacking",
    "image server": "lacking",
  });
  const { network: _, ...unasked } = fullHost({ cgroup: 1, bridge: "" });
  expect(states(doctorRows(unasked, runbooks))).toMatchObject({
    cgroup: "limited",
    bridge: "limited",
    internet: "unknown",
    "image server": "unknown",
  });
});

test("the device alone is no KVM", () => {
  const row = doctorRows(fullHost({ kvm: { cpu: false, device: "opens", nested: false } }), runbooks).find(
    ({ name }) => name === "KVM",
  );
  expect(row).toMatchObject({ state: "lacking", found: "no vmx or svm in the processor, /dev/kvm opens", need: "kvm" });
});
