import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FileView, viewOfFolder } from "../../../src/verify/machine/files/file-view.ts";
import { compareFiles } from "../../../src/verify/residue/files.ts";
import { compareInventories, type Inventory } from "../../../src/verify/residue/inventory.ts";
import { lostThings } from "../../../src/verify/residue/lost.ts";
import { residueOf } from "../../../src/verify/residue/residue.ts";

let root: string;
const put = (side: string, name: string, text: string, mode = 0o644): void => {
  mkdirSync(dirname(join(root, side, name)), { recursive: true });
  writeFileSync(join(root, side, name), text, { mode });
};
const compare = () => compareFiles(viewOfFolder(join(root, "before")), viewOfFolder(join(root, "after")));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "runbook-residue-"));
  for (const side of ["before", "after"]) put(side, "etc/same", "same");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("files", () => {
  test("that came, went or have another content or mode are told", async () => {
    put("before", "etc/gone", "x");
    put("after", "etc/new", "x");
    put("before", "etc/text", "one");
    put("after", "etc/text", "two");
    put("before", "etc/mode", "x");
    put("after", "etc/mode", "x", 0o600);
    put("before", "etc/link", "x");
    symlinkSync("same", join(root, "after/etc/link"));
    expect(await compare()).toEqual([
      { kind: "file", name: "/etc/gone", change: "removed" },
      { kind: "file", name: "/etc/link", change: "changed" },
      { kind: "file", name: "/etc/mode", change: "changed" },
      { kind: "file", name: "/etc/new", change: "added" },
      { kind: "file", name: "/etc/text", change: "changed" },
    ]);
  });

  test("whose time was set back are read all the same", async () => {
    put("before", "etc/text", "one");
    put("after", "etc/text", "two");
    for (const side of ["before", "after"]) utimesSync(join(root, side, "etc/text"), 1, 1);
    expect(await compare()).toEqual([{ kind: "file", name: "/etc/text", change: "changed" }]);
  });

  test("without contents none is read: what came, went or has another mode is told", async () => {
    put("before", "etc/text", "one");
    put("after", "etc/text", "two");
    put("before", "etc/longer", "one");
    put("after", "etc/longer", "one more");
    put("before", "etc/mode", "x");
    put("after", "etc/mode", "x", 0o600);
    put("after", "etc/new", "x");
    const unread = (side: string): FileView => ({
      ...viewOfFolder(join(root, side)),
      digests: () => Promise.reject(new Error("read")),
    });
    const [before, after] = [unread("before"), unread("after")];
    expect(await compareFiles(before, after, { contents: false })).toEqual([
      { kind: "file", name: "/etc/mode", change: "changed" },
      { kind: "file", name: "/etc/new", change: "added" },
    ]);
    await expect(compareFiles(before, after)).rejects.toThrow("read");
  });

  test("in a folder that came are told by the folder", async () => {
    put("after", "opt/tool/bin/a", "x");
    put("after", "opt/tool/bin/b", "x");
    expect(await compare()).toEqual([{ kind: "file", name: "/opt", change: "added" }]);
  });

  test("of Docker's containers, images and volumes count, and its databases do not", async () => {
    const records = [
      "buildkit/cache.db",
      "network/files/local-kv.db",
      "volumes/metadata.db",
      "image/overlay2/repositories.json",
    ];
    for (const name of records) put("before", `var/lib/docker/${name}`, "one");
    for (const name of records) put("after", `var/lib/docker/${name}`, "two");
    for (const side of ["before", "after"]) put(side, "var/lib/docker/volumes/kept/_data/file", "x");
    put("after", "var/lib/docker/volumes/left/_data/file", "x");
    put("after", "var/lib/docker/image/overlay2/imagedb/content/sha256/0123", "x");
    put("after", "var/lib/containerd/io.containerd.runtime.v2.task/moby/0123/config", "x");
    expect((await compare()).map(({ name }) => name)).toEqual([
      "/var/lib/containerd",
      "/var/lib/docker/image/overlay2/imagedb",
      "/var/lib/docker/volumes/left",
    ]);
  });

  test("of a command that enters a container just now do not count, and other temporary files do", async () => {
    put("after", "tmp/runc-process3025965338", "x");
    put("after", "tmp/pty1234567/pty.sock", "x");
    put("after", "tmp/runc-process-notes", "x");
    put("after", "srv/tmp/runc-process3025965338", "x");
    for (const side of ["before", "after"])
      for (const folder of ["tmp", "srv/tmp"]) put(side, `${folder}/same`, "same");
    expect((await compare()).map(({ name }) => name)).toEqual([
      "/srv/tmp/runc-process3025965338",
      "/tmp/runc-process-notes",
    ]);
  });

  test.each(["lxd", "incus"])("of instances and images of %s count, and its databases do not", async (daemon) => {
    const records = ["database/local.db", "database/global/db.bin", "networks/lxdbr0/dnsmasq.pid"];
    for (const name of records) put("before", `var/lib/${daemon}/${name}`, "one");
    for (const name of records) put("after", `var/lib/${daemon}/${name}`, "two");
    put("after", `var/lib/${daemon}/database/global/0028-0049`, "x");
    for (const side of ["before", "after"]) put(side, `var/lib/${daemon}/images/kept`, "x");
    put("after", `var/lib/${daemon}/images/left`, "x");
    put("after", `var/lib/${daemon}/networks/left/state`, "x");
    expect((await compare()).map(({ name }) => name)).toEqual([
      `/var/lib/${daemon}/images/left`,
      `/var/lib/${daemon}/networks/left`,
    ]);
  });

  test("that a DHCP server keeps of its leases count where they come or go, and not for what is in them", async () => {
    put("before", "var/lib/misc/dnsmasq.lxcbr0.leases", "one");
    put("after", "var/lib/misc/dnsmasq.lxcbr0.leases", "two");
    put("after", "var/lib/misc/dnsmasq.other.leases", "two");
    expect(await compare()).toEqual([{ kind: "file", name: "/var/lib/misc/dnsmasq.other.leases", change: "added" }]);
  });

  test("that are volatile are so in a container's system, too, and no others are", async () => {
    const system = "var/lib/lxc/web1/rootfs";
    for (const side of ["before", "after"]) {
      for (const folder of ["etc", "srv", "var/tmp", "var/log"]) put(side, `${system}/${folder}/same`, "same");
    }
    put("after", `${system}/var/tmp/systemd-private-27bc-systemd-logind.service-OWUs3o/tmp/x`, "x");
    put("after", `${system}/var/log/syslog`, "x");
    put("before", `${system}/etc/shadow-`, "x");
    put("before", `${system}/etc/hostname`, "x");
    put("after", `${system}/srv/web`, "x");
    expect((await compare()).map(({ name }) => name)).toEqual([`/${system}/etc/hostname`, `/${system}/srv/web`]);
  });

  test("that say nothing are left out: logs, dpkg's own records, caches", async () => {
    for (const name of ["var/log/x.log", "var/lib/dpkg/status", "var/cache/apt/pkgcache.bin"]) put("before", name, "a");
    for (const name of ["var/log/x.log", "var/lib/dpkg/status", "var/cache/apt/pkgcache.bin"]) put("after", name, "b");
    for (const side of ["before", "after"] as const) put(side, "root/.profile", "");
    put("after", "root/.cache/virt-manager/virt-install.log", "c");
    for (const side of ["before", "after"]) put(side, "var/lib/docker/tmp/same", "same");
    put("after", "var/lib/docker/tmp/moby-detect-rro60699922/x", "d");
    // The folder alone: what lies in it is somebody's.
    expect((await compare()).map(({ name }) => name)).toEqual(["/var/lib/docker/tmp/moby-detect-rro60699922/x"]);
  });
});

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
