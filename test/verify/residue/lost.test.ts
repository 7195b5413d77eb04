import { expect, test } from "vitest";
import type { Inventory } from "../../../src/verify/residue/inventory.ts";
import { lostThings } from "../../../src/verify/residue/lost.ts";

test("lost is what a run brought and what is gone since, but for control groups", () => {
  const of = (...names: string[]): Inventory => new Map([["mount", new Map(names.map((name) => [name, ""]))]]);
  const ran = of("/old", "/kept", "/lost", "control group lxc.payload.a");
  expect(lostThings(of("/old"), ran, of("/kept"))).toEqual(["mount /lost"]);
});

test.each([
  [["to 172.18.0.4:80", "to 172.18.0.3:443"], []],
  [["to 172.18.0.3:80", "to 172.18.0.2:443"], []],
  [["to 172.18.0.3:443"], ["firewall to 172.18.0.2:80"]],
  [[], ["firewall to 172.18.0.2:80", "firewall to 172.18.0.3:443"]],
])("a firewall rule is not lost by another address alone: %j", (now, lost) => {
  const of = (...rules: string[]): Inventory => new Map([["firewall", new Map(rules.map((rule) => [rule, ""]))]]);
  // Alike to one that the run brought, and there all the time.
  const old = "to 10.0.0.1:80";
  expect(lostThings(of(old), of(old, "to 172.18.0.2:80", "to 172.18.0.3:443"), of(old, ...now))).toEqual(lost);
});
