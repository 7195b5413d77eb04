import { expect, test } from "vitest";
import { withoutNewIds } from "../../../src/verify/residue/new-ids.ts";

const hex = (digit: string): string => digit.repeat(64);
const file = (name: string, change: "added" | "removed" | "changed") => ({ kind: "file" as const, name, change });

test("what has another id in each run is the same thing", () => {
  const same = [
    file(`/var/lib/docker/containers/${hex("a")}`, "removed"),
    file(`/var/lib/docker/containers/${hex("b")}`, "added"),
    file(`/var/lib/docker/overlay2/${hex("c")}-init`, "added"),
    file(`/var/lib/docker/overlay2/${hex("d")}-init`, "removed"),
    file("/var/lib/docker/overlay2/l/ABCDEFGHIJKLMNOPQRSTUVWXYZ", "added"),
    file("/var/lib/docker/overlay2/l/0BCDEFGHIJKLMNOPQRSTUVWXY1", "removed"),
    file("/srv/0b6b1f1c-5d0c-4f0f-9d5e-2f0a7f1b2c3d/x", "added"),
    file("/srv/11111111-5d0c-4f0f-9d5e-2f0a7f1b2c3d/x", "removed"),
    file("/tmp/rootlesskit2709774214", "added"),
    file("/tmp/rootlesskit297197448", "removed"),
    file("/var/tmp/tmp.Ab3dEf6hIj/x", "added"),
    file("/var/tmp/tmp.0b3dEf6hIk/x", "removed"),
  ];
  expect(withoutNewIds(same)).toEqual([]);
});

test("what one host has more of, elsewhere, or under a name of its own, is a change", () => {
  const changes = [
    file(`/var/lib/docker/containers/${hex("a")}`, "added"),
    file(`/var/lib/docker/containers/${hex("b")}`, "added"),
    file(`/var/lib/docker/containers/${hex("c")}`, "removed"),
    file(`/var/lib/docker/image/${hex("d")}`, "removed"),
    file("/etc/one", "added"),
    file("/etc/other", "removed"),
    file("/tmp/report20261128", "added"),
    file("/tmp/summary20261128", "removed"),
    file("/srv/report2709774214", "added"),
    file("/srv/report2971974483", "removed"),
    file("/tmp/notes.backup", "added"),
    file("/tmp/notes.before", "removed"),
    file(`/srv/${hex("e")}`, "changed"),
  ];
  expect(withoutNewIds(changes).map(({ name }) => name)).toEqual([
    `/var/lib/docker/containers/${hex("a")}`,
    `/var/lib/docker/image/${hex("d")}`,
    "/etc/one",
    "/etc/other",
    "/tmp/report20261128",
    "/tmp/summary20261128",
    "/srv/report2709774214",
    "/srv/report2971974483",
    "/tmp/notes.backup",
    "/tmp/notes.before",
    `/srv/${hex("e")}`,
  ]);
});
