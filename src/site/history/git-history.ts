import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Change, changesOf, logFormat } from "./changes.ts";
import { git } from "./git.ts";

/** All changes of a folder's pages that git knows of; none without git, or where this is no checkout. */
export function readHistory(checkout: string, folder: string): Change[] {
  const log = git(checkout, ["log", logFormat, "--name-only", "--relative", "--", folder]);
  return log === undefined ? [] : changesOf(log, cutOffCommits(checkout));
}

/** The commits whose parents a shallow clone lacks. */
function cutOffCommits(checkout: string): Set<string> {
  const name = git(checkout, ["rev-parse", "--git-path", "shallow"])?.trim();
  const file = join(checkout, name ?? "");
  const commits = name && existsSync(file) ? readFileSync(file, "utf8") : "";
  return new Set(commits.split("\n").filter(Boolean));
}
