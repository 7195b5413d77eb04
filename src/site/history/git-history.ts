import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Change, changesOf, logFormat } from "./changes.ts";

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

function git(cwd: string, args: string[]): string | undefined {
  const { status, stdout } = spawnSync("git", ["-c", "core.quotePath=false", ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return status === 0 ? stdout : undefined;
}
