import { expect, test } from "vitest";
import { findCulprit, type Trial, whyWords } from "../../../src/verify/why/culprit.ts";
import { type PackageChange, packageChanges } from "../../../src/verify/why/package-changes.ts";

const before = new Map([
  ["apt:amd64", "2.6.1"],
  ["libc6:amd64", "2.36-9"],
  ["lxc:amd64", "1:5.0.2-1"],
  ["gone:all", "1"],
]);
const now = new Map([
  ["apt:amd64", "2.6.1"],
  ["libc6:amd64", "2.36-10"],
  ["lxc:amd64", "1:5.0.3-1"],
  ["new:all", "1"],
]);

test("changes are those of versions, of what came and of what went; first those of the tools that the steps call", () => {
  expect(packageChanges(before, now, new Set(["lxc"]))).toEqual([
    { name: "lxc:amd64", was: "1:5.0.2-1", is: "1:5.0.3-1" },
    { name: "gone:all", was: "1" },
    { name: "libc6:amd64", was: "2.36-9", is: "2.36-10" },
    { name: "new:all", is: "1" },
  ]);
});

const changes = packageChanges(before, now);
const trials =
  (answers: Record<string, Trial>) =>
  async ({ name }: PackageChange): Promise<Trial> =>
    answers[name] ?? "unavailable";

test("the package without whose change it holds is the culprit, and no later one is tried", async () => {
  const why = await findCulprit(changes, trials({ "libc6:amd64": "same", "lxc:amd64": "other" }));
  expect(why.culprit?.name).toBe("lxc:amd64");
  expect(whyWords(why, "2026-11-24T21:00:00Z")).toBe(
    "Changed since the proof of 2026-11-24: gone 1 → (not there), libc6 2.36-9 → 2.36-10, lxc 1:5.0.2-1 → 1:5.0.3-1, new (not there) → 1.\n" +
      "With lxc:amd64 held back at 1:5.0.2-1 it does not fail so: lxc 1:5.0.2-1 → 1:5.0.3-1 is the cause.",
  );
});

test("where none is found, it says which were tried and which could not be", async () => {
  const words = whyWords(await findCulprit(changes, trials({ "libc6:amd64": "same" })), "2026-11-24T21:00:00Z");
  expect(words).toContain("Held back, each by itself, it fails all the same: libc6");
  expect(words).toContain("The archive has the earlier version no more, or it does not fit: gone");
});

test("nothing changed is said, too", async () => {
  expect(whyWords(await findCulprit([], trials({})), "2026-11-24T21:00:00Z")).toContain("No package");
});
