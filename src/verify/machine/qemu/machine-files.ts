import { quoteShell } from "../../../language/shell/quote.ts";
import type { CommandOptions, CommandResult } from "../command.ts";
import { ATTRIBUTES_SHELL, parseAttributes, withAttributes } from "../files/attributes.ts";
import { type FileFacts, inParts, LISTING, parseListing } from "../files/file-view.ts";

/** Runs shell in a machine. */
type MachineShell = (text: string, options: CommandOptions) => Promise<CommandResult>;

/** Milliseconds for one command: an emulated machine is slow. */
const limit = { timeoutMs: 10 * 60_000 };

/** The files of a machine as they are now, which it lists itself: its disk is never mounted outside. */
export async function listFiles(shell: MachineShell): Promise<Map<string, FileFacts>> {
  const words = ["find", "/", ...LISTING].map(quoteShell).join(" ");
  return parseListing((await shell(words, limit)).stdout);
}

/** Digests of a machine's files as they are now, by path. */
export async function digestsOf(shell: MachineShell, paths: readonly string[]): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  const attributes = new Map<string, string>();
  for (const part of inParts(paths)) {
    const some = part.map(quoteShell).join(" ");
    const { stdout } = await shell(`sha256sum --zero -- ${some}`, limit);
    for (const record of stdout.split("\0")) {
      const [, digest, path] = /^([0-9a-f]{64}) [ *](.*)$/s.exec(record) ?? [];
      if (digest !== undefined && path !== undefined) digests.set(path, digest);
    }
    const has = await shell(`${ATTRIBUTES_SHELL} ${some}`, limit);
    for (const [path, one] of parseAttributes(has.stdout)) attributes.set(path, one);
  }
  return withAttributes(digests, attributes);
}
