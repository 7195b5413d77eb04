import { realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { findProjectFile } from "../../library/project-file.ts";
import { type Others, othersWhoWrite } from "../../trust.ts";
import type { Context } from "../context.ts";

/** Pages, and the configurations of their projects, which say what targets run. */
export function whoseFiles(pages: readonly string[]): Set<string> {
  const projects = pages.map((page) => findProjectFile(dirname(page))?.path);
  return new Set([...pages, ...projects.filter((path) => path !== undefined)]);
}

/** Says to root who else can change the pages that are about to run: what they write there, root runs. */
export function sayWhoWritesPages({ io }: Context, files: Iterable<string>): void {
  if (process.getuid?.() !== 0) return;
  for (const file of files) {
    const others = othersOf(resolve(io.cwd, file));
    // Whoever called `sudo` on pages of their own knows that they can change them.
    if (!others || (others.why === "owner" && String(others.uid) === io.env["SUDO_UID"])) continue;
    const who = others.why === "owner" ? `belongs to the user ${others.uid}` : "may be written by others";
    io.err(`Others than root can change what runs: ${others.path} ${who}.\n`);
    return;
  }
}

function othersOf(file: string): Others | undefined {
  try {
    return othersWhoWrite(realpathSync(file));
  } catch {
    // A page that is gone is told by what reads it.
    return undefined;
  }
}
