import { chmodSync, chownSync, realpathSync, statSync } from "node:fs";
import { writeWhole } from "../write-whole.ts";

/** Replaces the text of a page as a whole. The page keeps its mode and, for root, its owner; a link to the page stays a link. */
export function replacePage(file: string, text: string): void {
  const page = realpathSync(file);
  const { mode, uid, gid } = statSync(page);
  writeWhole(page, text, {
    prepare(beside) {
      if (process.getuid?.() === 0) chownSync(beside, uid, gid);
      chmodSync(beside, mode & 0o777);
    },
  });
}
