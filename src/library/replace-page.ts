import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";

/**
 * Replaces the text of a page as a whole: whoever reads the page meanwhile, and a run that is killed, finds the old text or
 * the new one. The page keeps its mode and, for root, its owner; a link to the page stays a link.
 */
export function replacePage(file: string, text: string): void {
  const page = realpathSync(file);
  const { mode, uid, gid } = statSync(page);
  // Nobody can foresee the name, so a leftover of a killed run is never in the way, and no link can be planted under it.
  const beside = `${page}.${randomBytes(8).toString("hex")}`;
  try {
    writeFileSync(beside, text, { flag: "wx", mode: 0o600 });
    if (process.getuid?.() === 0) chownSync(beside, uid, gid);
    chmodSync(beside, mode & 0o777);
    renameSync(beside, page);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
