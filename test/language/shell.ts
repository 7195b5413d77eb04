import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of this test run, with a program `show` that prints its arguments, and what it reads, one after another. */
export const folder = mkdtempSync(join(tmpdir(), "language-"));
writeFileSync(
  join(folder, "show"),
  `#!/bin/sh\nprintf '%s' "$#"\nprintf '<%s>' "$@"\nif [ "$1" = read ]; then cat; fi\nprintf '\\n'\n`,
  { mode: 0o755 },
);

/** What a shell prints for a text, in a fixed environment plus some variables. */
export function runShell(text: string, variables: Record<string, string> = {}, shell = "bash"): string {
  const { stdout, stderr, status } = spawnSync(shell, ["-c", text], {
    env: { PATH: `${folder}:/usr/bin:/bin`, LANG: "C.UTF-8", HOME: "/nonexistent", ...variables },
    cwd: folder,
    encoding: "utf8",
  });
  return `${stdout}${status === 0 ? "" : `exit ${status}: ${stderr.replace(/line \d+/g, "line")}`}`;
}
