import { quoteShell } from "../../../language/shell/quote.ts";
import type { CleanHost } from "../clean-host.ts";
import { ATTRIBUTES_SHELL, parseAttributes, withAttributes } from "../files/attributes.ts";
import { type FileFacts, inParts, LISTING, parseListing } from "../files/file-view.ts";

type Machine = Pick<CleanHost, "shell">;

/** Milliseconds for one command: an emulated machine is slow. */
const limit = { timeoutMs: 10 * 60_000 };

/** The files of a machine as they are now, which it lists itself: its disk is never mounted outside. */
export async function listFiles(machine: Machine): Promise<Map<string, FileFacts>> {
  const words = ["find", "/", ...LISTING].map(quoteShell).join(" ");
  return parseListing((await machine.shell(words, limit)).stdout);
}

/** Digests of a machine's files as they are now, by path. */
export async function digestsOf(machine: Machine, paths: readonly string[]): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  const attributes = new Map<string, string>();
  for (const part of inParts(paths)) {
    const some = part.map(quoteShell).join(" ");
    const { stdout } = await machine.shell(`sha256sum --zero -- ${some}`, limit);
    for (const record of stdout.split("\0")) {
      const [, digest, path] = /^([0-9a-f]{64}) [ *](.*)$/s.exec(record) ?? [];
      if (digest !== undefined && path !== undefined) digests.set(path, digest);
    }
    const has = await machine.shell(`${ATTRIBUTES_SHELL} ${some}`, limit);
    for (const [path, one] of parseAttributes(has.stdout)) attributes.set(path, one);
  }
  return withAttributes(digests, attributes);
}
