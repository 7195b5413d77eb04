import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";
import { type FileFacts, type FileView, viewOfFolder } from "../../../src/verify/machine/files/file-view.ts";
import { compareFiles } from "../../../src/verify/residue/files.ts";

const view = (files: Record<string, FileFacts>, digests: Record<string, string>): FileView => ({
  list: async () => new Map(Object.entries(files)),
  digests: async (paths) => new Map(paths.flatMap((path) => (path in digests ? [[path, digests[path] ?? ""]] : []))),
});

test("names and links of any characters are told apart", async () => {
  const root = mkdtempSync(join(tmpdir(), "runbook-files-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, "a\n\tb"), "x");
  symlinkSync("to\t\n.", join(root, "l"));
  const files = await viewOfFolder(root).list();
  expect([...files.keys()].sort()).toEqual(["/a\n\tb", "/l"]);
  expect(files.get("/l")?.shape).toMatch(/^l .*to\t\n\.$/);
});

test("a touched file is as it was where its content is, and counts as changed where that is not known any more", async () => {
  const file = (changed: string): FileFacts => ({ shape: "f 644 0:0 ", size: 1, changed });
  const [was, is] = [
    { "/a": file("1 1"), "/b": file("2 1") },
    { "/a": file("1 2"), "/b": file("2 2") },
  ];
  const digests = { "/a": "one", "/b": "two" };
  expect(await compareFiles(view(was, digests), view(is, digests))).toEqual([]);
  expect(await compareFiles(view(was, { "/a": "one" }), view(is, digests))).toEqual([
    { kind: "file", name: "/b", change: "changed" },
  ]);
});

test("a file larger than what Node reads at once has a digest", async () => {
  const folder = mkdtempSync(join(tmpdir(), "runbook-view-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "disk"), "");
  truncateSync(join(folder, "disk"), 2 ** 31 + 512);
  const digests = await viewOfFolder(folder).digests(["/disk"]);
  expect(digests.get("/disk")).toMatch(/^[0-9a-f]{64}$/);
});

test.runIf(process.getuid?.() === 0)(
  "a file that has a capability, an access list or a flag more is another one, though content and mode are the same",
  async () => {
    const root = mkdtempSync(join(tmpdir(), "runbook-view-"));
    const names = ["a\nb", "plain", "program", "list", "kept"];
    onTestFinished(async () => {
      await execa("chattr", ["-i", join(root, "kept")]);
      rmSync(root, { recursive: true, force: true });
    });
    for (const name of names) writeFileSync(join(root, name), "x");
    const paths = names.map((name) => `/${name}`);
    const before = await viewOfFolder(root).digests(paths);
    // As setcap writes `cap_net_raw+ep`; and `user::rw- user:7:r-- group::r-- mask::r-- other::r--`, as setfacl does: the mode stays 644.
    const attributes = [
      ["program", "security.capability", "0100000200200000000000000000000000000000"],
      [
        "list",
        "system.posix_acl_access",
        "0200000001000600ffffffff020004000700000004000400ffffffff10000400ffffffff20000400ffffffff",
      ],
    ];
    for (const [name = "", attribute = "", value = ""] of attributes) {
      const set =
        "use POSIX (); my ($f, $n, $v) = (@ARGV[0, 1], pack('H*', $ARGV[2])); exit(0 != syscall((POSIX::uname())[4] eq 'x86_64' ? 188 : 5, $f, $n, $v, length $v, 0))";
      await execa("perl", ["-e", set, join(root, name), attribute, value]);
    }
    await execa("chattr", ["+i", join(root, "kept")]);
    const after = await viewOfFolder(root).digests(paths);
    expect(paths.filter((path) => before.get(path) !== after.get(path))).toEqual(["/program", "/list", "/kept"]);
  },
);

test("an interrupt ends the reading of a large file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "runbook-view-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "disk"), "");
  truncateSync(join(folder, "disk"), 2 ** 40);
  const interrupt = new AbortController();
  const digests = viewOfFolder(folder, interrupt.signal).digests(["/disk"]);
  setTimeout(() => interrupt.abort(), 100);
  await expect(digests).rejects.toThrow(/abort/i);
});
