import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compressAnew, looseRanges } from "../../src/verify/machine/files/compress-anew.ts";
import { Store } from "../../src/verify/machine/store.ts";

let store: Store;

beforeAll(async () => {
  store = new Store(mkdtempSync(join(tmpdir(), "runbook-compress-")));
  await store.open();
});

afterAll(async () => {
  await store.close();
  rmSync(store.dir, { recursive: true });
});

/** What `filefrag` says of a file whose writes have a place on the disk. */
function extents(file: string): string {
  execFileSync("sync", [file]);
  return execFileSync("filefrag", ["-v", "-b4096", file], { encoding: "utf8" });
}

/** Where on the disk the parts of a file are. */
const places = (file: string): string[] => [...extents(file).matchAll(/: +(\d+)\.\./g)].map((match) => match[1] ?? "");

test("what was written where room was reserved is compressed, and what a layer below has stays shared", async () => {
  const [below, above] = [join(store.mount, "below"), join(store.mount, "above")];
  await store.create(below);
  // The first MiB: compressed as it is written, as the system below would be.
  writeFileSync(join(below, "disk"), Buffer.alloc(2 ** 20, "below\n"));
  execFileSync("sync", [join(below, "disk")]);
  await store.copy(below, above);
  const disk = join(above, "disk");
  execFileSync("fallocate", ["--offset", "2M", "--length", "4M", disk]);
  const opened = openSync(disk, "r+");
  writeSync(opened, Buffer.alloc(4 * 2 ** 20, "above\n"), 0, 4 * 2 ** 20, 2 * 2 ** 20);
  closeSync(opened);
  const [before, content] = [extents(disk), readFileSync(disk)];
  expect(looseRanges(before)).toEqual([{ start: 2 * 2 ** 20, length: 4 * 2 ** 20 }]);

  await compressAnew(disk);

  expect(looseRanges(extents(disk))).toEqual([]);
  expect(readFileSync(disk).equals(content)).toBe(true);
  expect(places(disk)).toEqual(expect.arrayContaining(places(join(below, "disk"))));
  expect(places(join(below, "disk")).length).toBeGreaterThan(0);
});

test("a file is compressed behind a part that does not shrink", async () => {
  const folder = join(store.mount, "mixed");
  await store.create(folder);
  const file = join(folder, "disk");
  const opened = openSync(file, "w");
  // Random, but for the bytes that btrfs samples: it tries to compress this, and gives up on the file.
  const stubborn = randomBytes(2 ** 20).map((byte, index) => (index % 256 < 16 ? byte % 60 : byte));
  writeSync(opened, stubborn);
  // On the disk before the rest comes.
  execFileSync("sync", [file]);
  writeSync(opened, Buffer.alloc(4 * 2 ** 20, "text\n"));
  closeSync(opened);
  const [loose] = looseRanges(extents(file));
  expect(loose).toEqual({ start: 0, length: 2 ** 20 });
});
