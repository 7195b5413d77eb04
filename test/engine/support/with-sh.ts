import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The shells without bash that this machine has. */
export const shNames = ["dash", "busybox"].filter((name) => existsSync(`/bin/${name}`));

/** Whether a target can be one of these shells here: it needs mounts of its own. */
export const canMount = process.getuid?.() === 0;

/** The command of a target that has this machine's tools, no bash, and this shell as its `sh`; without /proc where that is said. */
export function targetWith(name: string, { proc = true } = {}): string {
  const sh = execFileSync("readlink", ["--canonicalize", "/bin/sh"], { encoding: "utf8" }).trim();
  const bash = execFileSync("readlink", ["--canonicalize", "/bin/bash"], { encoding: "utf8" }).trim();
  const mounts = [`mount --bind /bin/${name} ${sh}`, `mount --bind /dev/null ${bash}`];
  if (!proc) mounts.push("umount --lazy /proc");
  return `unshare --mount sh -c '${mounts.join(" && ")} && exec "$@"' enter`;
}
