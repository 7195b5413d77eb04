import { lookup } from "node:dns/promises";
import { existsSync, globSync, readFileSync } from "node:fs";
import { command } from "../command.ts";
import type { Image } from "./images.ts";

/** Where this machine gets Debian from, for a clean host to use. None of it may reach an evidence file. */
export interface Sources {
  /** Lines of a sources.list. */
  list: string[];
  /** apt's settings on proxies and on the dates of archives. */
  config: string;
  /** Certificates of authorities that this machine has beside Debian's own, by file name. */
  certificates: Map<string, string>;
  /** The host names of mirrors and proxies, which name this machine's network. */
  names: string[];
  /** The addresses that these names have in this machine's network. */
  addresses: string[];
}

const publicMirror = "http://deb.debian.org";
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
const settings = /^Acquire::(https?::.*proxy|Check-|ForceIPv)/i;

/** Asks this machine's apt where it gets Debian from. */
export async function machineSources(image: Image): Promise<Sources> {
  if (!existsSync("/usr/bin/apt-get")) {
    return { list: [], config: "", certificates: new Map(), names: [], addresses: [] };
  }
  const indexes = await command([
    "apt-get",
    "indextargets",
    "--format",
    "$(RELEASE) $(REPO_URI)",
    "Created-By: Packages",
  ]);
  const rows = indexes.split("\n").map((line) => line.split(" "));
  const mirrorOf = (wanted: RegExp): string | undefined =>
    rows.map(([release = "", uri = ""]) => (wanted.test(release) ? firstMirror(uri) : "")).find(Boolean);
  // A machine with another system, such as Ubuntu, has no source for Debian.
  const ownMain = mirrorOf(/^(bookworm|trixie|forky|stable|testing|sid|unstable)$/);
  const main = ownMain ?? `${publicMirror}/debian`;
  const security =
    ownMain === undefined ? `${publicMirror}/debian-security` : mirrorOf(/^(\w+-security|\w+\/updates)$/);
  const { suite } = image;
  const signed = `[signed-by=${keyring}]`;
  const config = (await command(["apt-config", "dump"]))
    .split("\n")
    .filter((line) => settings.test(line))
    .join("\n");
  const list = [
    `deb ${signed} ${main} ${suite} main`,
    `deb ${signed} ${main} ${suite}-updates main`,
    ...(security ? [`deb ${signed} ${security} ${suite}-security main`] : []),
  ];
  const hosts = [...`${list.join("\n")}\n${config}`.matchAll(/:\/\/(?:[^/@\s"]*@)?([^/:\s"]+)/g)].map(
    ([, host = ""]) => host,
  );
  const names = [...new Set(hosts)];
  const addresses = (await Promise.all(names.map(addressesOf))).flat();
  return { list, config: `${config}\n`, certificates: ownCertificates(), names, addresses };
}

/** The addresses of a name; none where it has none. */
async function addressesOf(name: string): Promise<string[]> {
  const found = await lookup(name, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}

/** A `mirror+file:` address, as in Debian's cloud images, names a file of addresses; the first one serves. */
function firstMirror(uri: string): string {
  const file = uri.startsWith("mirror+file:") ? uri.slice("mirror+file:".length) : undefined;
  if (file === undefined) return uri;
  return existsSync(file) ? (readFileSync(file, "utf8").split(/\s/)[0] ?? "") : "";
}

function ownCertificates(): Map<string, string> {
  const files = globSync("**/*.crt", { cwd: "/usr/local/share/ca-certificates" });
  return new Map(
    files.map((file) => [file.replaceAll("/", "-"), readFileSync(`/usr/local/share/ca-certificates/${file}`, "utf8")]),
  );
}
