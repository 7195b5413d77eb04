import { tryCommand } from "../command.ts";

/** A part of a file, in bytes. */
export interface Range {
  start: number;
  length: number;
}

const blockBytes = 4096;
/** Ranges as close as this are one: each is a process of its own. */
const closeBlocks = 8;

/**
 * Compresses what btrfs holds uncompressed of a file, and in this file only: QEMU reserves room in its disks before it writes there, and
 * btrfs never compresses what was reserved. What is shared with a layer stays shared. Without `filefrag` nothing is done.
 */
export async function compressAnew(file: string): Promise<void> {
  // What was written must be on the disk before it has a place there.
  await tryCommand(["btrfs", "filesystem", "sync", file]);
  const { exitCode, stdout } = await tryCommand(["filefrag", "-v", `-b${blockBytes}`, file]);
  if (exitCode !== 0) return;
  for (const { start, length } of looseRanges(stdout)) {
    const range = ["-s", String(start), "-l", String(length)];
    await tryCommand(["btrfs", "filesystem", "defragment", ...range, "-czstd", file]);
  }
}

/** The ranges that are neither compressed (`encoded`), nor shared, nor only reserved, by what `filefrag -v` prints. */
export function looseRanges(printed: string): Range[] {
  const blocks: [begin: number, end: number][] = [];
  for (const [, begin, last, flags = ""] of printed.matchAll(/^ *\d+: +(\d+)\.\. *(\d+): .*: *([a-z_,]*)$/gm)) {
    if (/encoded|shared|unwritten/.test(flags)) continue;
    const before = blocks.at(-1);
    if (before && Number(begin) - before[1] <= closeBlocks) before[1] = Number(last) + 1;
    else blocks.push([Number(begin), Number(last) + 1]);
  }
  return blocks.map(([begin, end]) => ({ start: begin * blockBytes, length: (end - begin) * blockBytes }));
}
