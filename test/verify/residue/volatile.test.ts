import { expect, test } from "vitest";
import { isVolatile } from "../../../src/verify/residue/volatile.ts";

test.each([
  ["/var/lib/apt/lists/auxfiles", true],
  ["/var/lib/lxc/web1/rootfs/var/lib/apt/lists/auxfiles", true],
  ["/var/lib/apt/lists/auxfiles/deb.example.com_pictures.tar", false],
  ["/var/lib/apt/lists/deb.example.com_dists_stable_InRelease", false],
])("what apt makes in passing says nothing of a runbook: %s: %s", (path, expected) => {
  expect(isVolatile(path)).toBe(expected);
});
