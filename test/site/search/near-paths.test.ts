import { expect, test } from "vitest";
import { nearPaths } from "../../../src/site/search/near-paths.ts";

const paths = [
  "docker",
  "kvm",
  "lxc",
  "lxc/lxc-new",
  "lxc/lxc-host",
  "topics/who-holds-vt-x",
  "fix/verr-vmx-in-vmx-root-mode",
];

test.each([
  ["lxc/lxc-nwe/", "lxc/lxc-new"],
  ["lxc/lxc-new.html", "lxc/lxc-new"],
  ["LXC/LXC-New", "lxc/lxc-new"],
  ["lxc-host", "lxc/lxc-host"],
  ["dokcer/", "docker"],
  ["docker/index.html", "docker"],
  ["errors/verr-vmx-in-vmx-root-mode", "fix/verr-vmx-in-vmx-root-mode"],
  ["vt-x/who-holds", "topics/who-holds-vt-x"],
])("%s meant %s", (wrong, meant) => {
  expect(nearPaths(wrong, paths)[0]).toBe(meant);
});

test("nothing is near what is like no page", () => {
  expect(nearPaths("qqqqqqqqqq/zzzzzzzz", paths)).toEqual([]);
  expect(nearPaths("", paths)).toEqual([]);
});
