import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readEvidenceFiles } from "../../src/evidence/files.ts";
import { runbookOrder } from "../../src/language/meaning/order.ts";
import { type Library, loadLibrary } from "../../src/library/library.ts";
import { KnownAddresses } from "../../src/verify/evidence/known-addresses.ts";
import { machineNames } from "../../src/verify/evidence/machine-names.ts";
import { sanitise } from "../../src/verify/evidence/sanitise.ts";

const root = join(import.meta.dirname, "../..");
const read = readEvidenceFiles("content", root);
/** Hosts that Debian's own tools name, beside those that pages do. */
const debians = ["deb.debian.org", "security.debian.org", "images.linuxcontainers.org", "wiki.debian.org"];
let library: Library;

beforeAll(async () => {
  library = await loadLibrary(join(root, "content"));
});

test("all evidence that is committed can be read", () => {
  expect(read.flatMap(({ problems }) => problems)).toEqual([]);
});

describe.each(read.map(({ file, evidence }) => [file, evidence] as const))("%s", (file, evidence) => {
  const text = readFileSync(join(root, file), "utf8");
  const pages = (): string[] =>
    runbookOrder(library.runbooks, evidence?.runbook ?? "").map((runbook) => library.texts.get(runbook.file) ?? "");

  test("names neither the machine that proved, nor its network, nor its keys", () => {
    const names = [...machineNames({ names: [], addresses: [] }).keys()].filter((name) => name.length > 3);
    expect(names.filter((name) => text.includes(name))).toEqual([]);
    expect(text).not.toMatch(/PRIVATE KEY|ssh-(ed25519|rsa) [A-Za-z0-9+/]{40}|\.internal\b/);
  });

  test("has no address that no page of it names", () => {
    // What would be taken out now was let in then, or put in by hand.
    const machine = { names: new Map(), addresses: new KnownAddresses(pages()) };
    const outputs = evidence?.steps.flatMap(({ phases }) => phases.map(({ output }) => output)) ?? [];
    const texts = [...outputs, ...Object.values(evidence?.values ?? {}), evidence?.lastFailure?.message ?? ""];
    for (const one of texts) expect(sanitise(one, machine)).toBe(one);
  });

  test("has no host but those that its pages name, and Debian's", () => {
    const hosts = [...text.matchAll(/\bhttps?:\/\/([^/\s"\\:]+)/g)].map(([, host = ""]) => host);
    // Docker writes the path of its socket in a host's place.
    const named = hosts.filter((host) => !debians.includes(host) && !host.startsWith("%2F"));
    const strangers = named.filter((host) => !pages().some((page) => page.includes(host)));
    expect(strangers).toEqual([]);
  });
});
