import { expect, test } from "vitest";
import { type LaunchOptions, LINES, launchWords } from "../../../src/verify/machine/qemu/launch.ts";

const options: LaunchOptions = { volume: "/v", folder: "/f", kvm: false, sealed: false };
const line = (more: Partial<LaunchOptions>): string => launchWords({ ...options, ...more }).join(" ");

test("a sealed machine reaches nothing, and one that is not reaches what its QEMU does", () => {
  expect(line({ sealed: true })).toMatch(/ user,id=net,\S*,restrict=on /);
  expect(line({})).not.toContain("restrict");
});

test("a machine has a port for each line, under the name that the agent looks for", () => {
  const ports = line({}).match(/name=runbook\.\d+/g);
  expect(new Set(ports).size).toBe(LINES);
});

test("a machine goes on from a snapshot, or boots", () => {
  expect(line({ from: "ready" })).toMatch(/ -loadvm ready$/);
  expect(line({})).not.toContain("-loadvm");
});

test("a processor that runs guests is used, any other is emulated", () => {
  expect(line({ kvm: true })).toContain("accel=kvm -cpu host");
  expect(line({})).toContain("accel=tcg -cpu qemu64,+svm,+npt ");
});

test("a machine boots what its disk's boot loader chooses, unless it is given a kernel", () => {
  expect(line({})).not.toMatch(/ -(kernel|initrd|append) /);
  const kernel = { file: "/k", initrd: "/i", words: "root=/dev/vda1 rw" };
  expect(line({ kernel })).toContain(" -kernel /k -initrd /i -append root=/dev/vda1 rw ");
});
