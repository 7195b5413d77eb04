import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Residue } from "../../evidence/schema.ts";
import { command } from "../machine/command.ts";
import { isRecord, isVolatile } from "./volatile.ts";

/** A file's kind, mode, owner and size, and its inode with the time of its last change of any kind. */
interface FileFacts {
  shape: string;
  size: number;
  changed: string;
}

/**
 * Compares the files of two roots, as snapshots keep them. A file's change time can't be set by a program, so one whose inode has the same in both has
 * the same content; where the times differ the content is read.
 */
export async function compareFiles(before: string, after: string): Promise<Omit<Residue, "keeps">[]> {
  const [was, is] = [await listFiles(before), await listFiles(after)];
  const changes: Omit<Residue, "keeps">[] = [];
  for (const name of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    if (isVolatile(name)) continue;
    const [one, other] = [was.get(name), is.get(name)];
    const change = !one
      ? "added"
      : !other
        ? "removed"
        : differs(name, one, other, before, after)
          ? "changed"
          : undefined;
    if (change) changes.push({ kind: "file", name, change });
  }
  return withoutInner(changes);
}

async function listFiles(root: string): Promise<Map<string, FileFacts>> {
  // A name may hold a line feed, so each record ends with a NUL.
  const text = await command([
    "find",
    root,
    "-xdev",
    "-mindepth",
    "1",
    "-printf",
    "%P\\t%y %m %U:%G %l\\t%s\\t%i %C@\\0",
  ]);
  const files = new Map<string, FileFacts>();
  for (const record of text.split("\0")) {
    const [name = "", shape = "", size = "", changed = ""] = record.split("\t");
    if (name) files.set(`/${name}`, { shape, size: Number(size), changed });
  }
  return files;
}

function differs(name: string, one: FileFacts, other: FileFacts, before: string, after: string): boolean {
  if (one.shape !== other.shape) return true;
  if (isRecord(name)) return false;
  if (!one.shape.startsWith("f ") || one.changed === other.changed) return false;
  return one.size !== other.size || !readFileSync(join(before, name)).equals(readFileSync(join(after, name)));
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
