import { describe, expect, test } from "vitest";
import { compareInventories, type Inventory } from "../../../src/verify/residue/inventory.ts";
import { lostThings } from "../../../src/verify/residue/lost.ts";
import { residueOf } from "../../../src/verify/residue/residue.ts";

test("things beside files are told in a fixed order", () => {
  const before: Inventory = new Map([
    [
      "unit",
      new Map([
        ["a.service", "active"],
        ["b.service", "active"],
      ]),
    ],
  ]);
  const after: Inventory = new Map([
    ["package", new Map([["lxc:amd64", "1"]])],
    ["unit", new Map([["a.service", "failed"]])],
  ]);
  expect(compareInventories(before, after)).toEqual([
    { kind: "package", name: "lxc:amd64", change: "added" },
    { kind: "unit", name: "a.service", change: "changed" },
    { kind: "unit", name: "b.service", change: "removed" },
  ]);
});

describe("what is left", () => {
  const kept = [
    { step: "lists", why: "a cache", changes: [{ kind: "file", name: "/var/lists", change: "added" }] as const },
  ];

  test("is allowed where a step that keeps its work made it", () => {
    const left = residueOf([{ kind: "file", name: "/var/lists/one", change: "added" }], kept);
    expect(left).toEqual([{ kind: "file", name: "/var/lists/one", change: "added", keeps: "a cache" }]);
  });

  test("of many kept files in one folder is told by the folder", () => {
    const changes = ["one", "two"].map((name) => ({
      kind: "file" as const,
      name: `/var/lists/${name}`,
      change: "added" as const,
    }));
    expect(residueOf(changes, kept)).toEqual([
      { kind: "file", name: "/var/lists/…", change: "added", keeps: "a cache" },
    ]);
  });

  test.each([
    { kind: "file", name: "/var/lists2", change: "added" },
    { kind: "unit", name: "/var/lists", change: "added" },
  ] as const)("is not allowed otherwise: $kind $name", (change) => {
    expect(residueOf([change], kept)).toEqual([{ ...change, keeps: null }]);
  });
});

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
