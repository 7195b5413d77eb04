import type { Residue } from "../../evidence/schema.ts";
import type { FileFacts, FileView } from "../machine/files/file-view.ts";
import { isRecord, isVolatile } from "./volatile.ts";

/** What of two moments is compared. */
export interface Compared {
  /** Whether files that are there at both moments are compared by what is in them, which can mean to read many gigabytes. */
  contents?: boolean;
}

/**
 * Compares the files of a host at two moments. A program can't set a file's change time, so a file whose inode has the same
 * change time has the same content. Where the change times differ the contents are compared; a content that can't be read
 * any more counts as changed. Without `contents` no file is read: what is the same but for its size or content counts as the same.
 */
export async function compareFiles(
  before: FileView,
  after: FileView,
  { contents = true }: Compared = {},
): Promise<Omit<Residue, "keeps">[]> {
  const [was, is] = [await before.list(), await after.list()];
  const changes: Omit<Residue, "keeps">[] = [];
  const touched: string[] = [];
  for (const name of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    const [one, other] = [was.get(name), is.get(name)];
    // Of the files that are the same, which are nearly all, no pattern has to be asked.
    if (one?.shape === other?.shape && one?.changed === other?.changed) continue;
    if (isVolatile(name)) continue;
    if (!one) changes.push({ kind: "file", name, change: "added" });
    else if (!other) changes.push({ kind: "file", name, change: "removed" });
    else if (one.shape !== other.shape) changes.push({ kind: "file", name, change: "changed" });
    else if (!contents || isRecord(name) || !isTouched(one, other)) continue;
    else if (one.size !== other.size) changes.push({ kind: "file", name, change: "changed" });
    else touched.push(name);
  }
  for (const name of await rewritten(touched, before, after)) changes.push({ kind: "file", name, change: "changed" });
  return withoutInner(changes.sort((one, other) => (one.name < other.name ? -1 : 1)));
}

function isTouched(one: FileFacts, other: FileFacts): boolean {
  return other.shape.startsWith("f ") && one.changed !== other.changed;
}

/** Those of the files whose content is another one. */
async function rewritten(names: readonly string[], before: FileView, after: FileView): Promise<string[]> {
  if (names.length === 0) return [];
  const [was, is] = [await before.digests(names), await after.digests(names)];
  return names.filter((name) => was.get(name) === undefined || was.get(name) !== is.get(name));
}

/** A folder that came or went stands for all that is in it. */
function withoutInner(changes: Omit<Residue, "keeps">[]): Omit<Residue, "keeps">[] {
  const whole = new Set(changes.filter(({ change }) => change !== "changed").map(({ name }) => name));
  const isInner = (name: string): boolean => {
    for (let at = name.lastIndexOf("/"); at > 0; at = name.lastIndexOf("/", at - 1))
      if (whole.has(name.slice(0, at))) return true;
    return false;
  };
  return changes.filter(({ name }) => !isInner(name));
}
