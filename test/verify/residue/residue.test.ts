import { describe, expect, test } from "vitest";
import { compareInventories, type Inventory } from "../../../src/verify/residue/inventory.ts";
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
