import { expect, test } from "vitest";
import { missingNeeds } from "../../../src/engine/facts/facts.ts";
import type { Need } from "../../../src/language/model/needs.ts";
import { bareHost, fullHost } from "./host.ts";

const all: Need[] = ["root", "systemd", "kvm", "cgroup2", "bootloader", "internet"];

test("a full host lacks nothing, a bare one everything, each with what to do", () => {
  expect(missingNeeds(all, fullHost())).toEqual([]);
  const missing = missingNeeds([...all, ...all], bareHost);
  expect(missing.map(({ need }) => need)).toEqual(all);
  for (const { message, hint } of missing) {
    expect(message).toMatch(/^It needs .*\.$/);
    expect(hint).toMatch(/\.$/);
  }
  expect(missingNeeds([], bareHost)).toEqual([]);
});

test.each([
  [{ cpu: false, device: "opens", nested: false }, "neither vmx nor svm"],
  [{ cpu: true, device: "present", nested: false }, "may not open /dev/kvm"],
  [{ cpu: true, device: "absent", nested: false }, "no /dev/kvm"],
] as const)("KVM that can't run stock guests is lacking: %j", (kvm, why) => {
  expect(missingNeeds(["kvm"], fullHost({ kvm }))[0]?.message).toContain(why);
});

test("the internet is reached by a mirror, the image server or a proxy; not looked for, it blocks nothing", () => {
  const none = { mirror: false, imageServer: false, proxy: false };
  for (const way of ["mirror", "imageServer", "proxy"]) {
    expect(missingNeeds(["internet"], fullHost({ network: { ...none, [way]: true } }))).toEqual([]);
  }
  expect(missingNeeds(["internet"], fullHost({ network: none }))).toHaveLength(1);
  const { network: _, ...unasked } = fullHost();
  expect(missingNeeds(["internet"], unasked)).toEqual([]);
});
