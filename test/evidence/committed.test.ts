import { lookup } from "node:dns/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readEvidenceFiles } from "../../src/evidence/files.ts";
import { machineNames } from "../../src/verify/evidence/machine-names.ts";

const root = join(import.meta.dirname, "../..");
const read = readEvidenceFiles("content", root);

test("all evidence that is committed can be read", () => {
  expect(read.flatMap(({ problems }) => problems)).toEqual([]);
});

test("none of it names the machine that proved, its network or its keys", async () => {
  const mirror = await lookup("deb.debian.org", { all: true }).catch(() => []);
  const sources = { names: [], addresses: mirror.map(({ address }) => address) };
  const names = [...machineNames(sources).keys()].filter((name) => name.length > 3);
  for (const { file } of read) {
    const text = readFileSync(join(root, file), "utf8");
    expect(names.filter((name) => text.includes(name))).toEqual([]);
    expect(text).not.toMatch(/PRIVATE KEY|ssh-(ed25519|rsa) [A-Za-z0-9+/]{40}|\b10\.77\.\d|\/work\/|artifactregistry|\.internal\b/);
    // Debian's packages come from Debian, whatever mirror they came by.
    for (const [, host] of text.matchAll(/\bhttps?:\/\/([^/\s"\\]+)/g)) {
      expect(["deb.debian.org", "security.debian.org", "images.linuxcontainers.org", "wiki.debian.org"]).toContain(host);
    }
  }
});
