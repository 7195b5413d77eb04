import { renameSync, rmSync, writeFileSync } from "node:fs";

/** How a file is written as a whole. */
export interface WriteWholeOptions {
  /** The file's mode, of which the umask takes away; the user alone may read and write it where none is given. */
  mode?: number;
  /** What the file beside becomes before it takes the place: its owner, say. */
  prepare?: (beside: string) => void;
}

/**
 * Writes a file so that whoever reads it meanwhile, and a start that is killed, finds the old text or the new one: beside it,
 * and then in its place. Nobody can foresee the name beside, so a leftover is never in the way, and no link can be planted
 * under it. Throws what the file system says, and leaves nothing beside.
 */
export function writeWhole(file: string, text: string, { mode = 0o600, prepare }: WriteWholeOptions = {}): void {
  // Loaded here: `list` writes nothing most of the time, and loading it costs a quarter of `node -e 0`.
  const { randomBytes } = process.getBuiltinModule("node:crypto");
  const beside = `${file}.${randomBytes(8).toString("hex")}`;
  try {
    writeFileSync(beside, text, { flag: "wx", mode });
    prepare?.(beside);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** The mode of a file that others may read: of the project's own, evidence say. */
export const forAll = 0o666;
