import { lstatSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Why other users can change a file: the path that lets them, and whether by its owner or its mode. */
export interface Others {
  path: string;
  why: "owner" | "mode";
  uid: number;
}

/**
 * Who else than this user and root could change what a path names: by writing there, or by renaming a folder above.
 * Undefined where nobody can. Throws where the path can't be looked at.
 */
export function othersWhoWrite(path: string, me = process.getuid?.()): Others | undefined {
  if (me === undefined) return undefined;
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    const { uid, mode } = statSync(at);
    // In a sticky folder only its owner renames what is another's; what lies in it is judged by itself.
    const sticky = at !== path && (mode & 0o1000) !== 0;
    if (uid !== me && uid !== 0) return { path: at, why: "owner", uid };
    if ((mode & 0o022) !== 0 && !sticky) return { path: at, why: "mode", uid };
  }
  return undefined;
}

/**
 * Whether what lies in a cache's folder was written by this user or, where it lies in the program's own folder, by who may
 * change the program itself.
 */
export function isTrustedCache(folder: string, program: string): boolean {
  try {
    const inside = `${resolve(folder)}/`.startsWith(`${program}/`);
    return inside ? isAsSafeAs(program, folder) : !othersWhoWrite(realpathSync(folder));
  } catch {
    return false;
  }
}

function isAsSafeAs(program: string, folder: string): boolean {
  const around = statSync(program);
  for (let at = resolve(folder); at !== program; at = dirname(at)) {
    const { uid, mode } = lstatSync(at);
    if (uid !== around.uid && uid !== 0 && uid !== process.getuid?.()) return false;
    if ((mode & 0o170000) !== 0o040000 || (mode & 0o022 & ~around.mode) !== 0) return false;
  }
  return true;
}
