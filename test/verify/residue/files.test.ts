import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FileView, viewOfFolder } from "../../../src/verify/machine/files/file-view.ts";
import { compareFiles } from "../../../src/verify/residue/files.ts";

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

  test.each([
    ["a DHCP server keeps of its leases", "var/lib/misc/dnsmasq.", ".leases"],
    ["libvirt knows of a QEMU", "var/cache/libvirt/qemu/capabilities/", ".xml"],
  ])("that %s count where they come or go, and not for what is in them", async (_, before, after) => {
    put("before", `${before}one${after}`, "one");
    put("after", `${before}one${after}`, "two");
    put("after", `${before}two${after}`, "two");
    expect(await compare()).toEqual([{ kind: "file", name: `/${before}two${after}`, change: "added" }]);
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
