import { spawnSync } from "node:child_process";

/** What git prints, with paths as they are; undefined without git, or where this is no checkout. */
export function git(cwd: string, args: string[]): string | undefined {
  const { status, stdout } = spawnSync("git", ["-c", "core.quotePath=false", ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return status === 0 ? stdout : undefined;
}
