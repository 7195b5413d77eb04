import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { command, tryCommand } from "../command.ts";
import { ATTRIBUTES, parseAttributes, withAttributes } from "./attributes.ts";

/** A file's kind, mode, owner and link target; its size; and its inode with the time of its last change of any kind. */
export interface FileFacts {
  shape: string;
  size: number;
  changed: string;
}

/** The files of a host at one moment. */
export interface FileView {
  /** Every file of the root file system, by its absolute path. */
  list(): Promise<ReadonlyMap<string, FileFacts>>;
  /**
   * Digests of files' contents at that moment, by path, each with what the file has that its mode does not show, as access lists and
   * capabilities. Those files are left out that can't be read any more.
   */
  digests(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** The arguments of `find` after its starting folder. File names and link targets may hold any byte but NUL. */
export const LISTING = ["-xdev", "-mindepth", "1", "-printf", "%P\\0%y %m %U:%G \\0%l\\0%s\\0%i %C@\\0"] as const;
const fields = 5;

/** Reads what `find` printed. */
export function parseListing(text: string): Map<string, FileFacts> {
  const files = new Map<string, FileFacts>();
  const texts = text.split("\0");
  for (let at = 0; at + fields <= texts.length; at += fields) {
    const [name = "", kind = "", link = "", size = "", changed = ""] = texts.slice(at, at + fields);
    files.set(`/${name}`, { shape: `${kind}${link}`, size: Number(size), changed });
  }
  return files;
}

/** The files below a folder of this machine that does not change, such as a snapshot of a container's root. The signal ends the reading of files. */
export function viewOfFolder(root: string, signal?: AbortSignal): FileView {
  // One look is compared with several others, and a host of containers has some hundred thousand files.
  let listing: Promise<ReadonlyMap<string, FileFacts>> | undefined;
  return {
    list: () => {
      listing ??= command(["find", root, ...LISTING]).then(parseListing);
      return listing;
    },
    digests: async (paths) => {
      const digests = new Map<string, string>();
      for (const path of paths) digests.set(path, await digestOf(join(root, path), signal));
      return withAttributes(digests, await attributesIn(root, paths));
    },
  };
}

/** The number of paths in one command. */
const pathsAtOnce = 400;

/** Paths, as many at a time as one command takes. */
export function* inParts(paths: readonly string[]): Generator<readonly string[]> {
  for (let at = 0; at < paths.length; at += pathsAtOnce) yield paths.slice(at, at + pathsAtOnce);
}

async function attributesIn(root: string, paths: readonly string[]): Promise<Map<string, string>> {
  const attributes = new Map<string, string>();
  for (const some of inParts(paths)) {
    const { stdout } = await tryCommand([...ATTRIBUTES, ...some.map((path) => join(root, path))]);
    for (const [path, has] of parseAttributes(stdout)) attributes.set(path.slice(root.length), has);
  }
  return attributes;
}

/** In pieces: the disk of a machine is larger than what Node reads at once. */
async function digestOf(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20, ...(signal && { signal }) }))
    hash.update(piece);
  return hash.digest("hex");
}
