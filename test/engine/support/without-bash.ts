import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** The command of a target that has this machine's tools, and no bash: its shell is what `sh` is here. */
export function withoutBash(work: string): string {
  const tools = join(work, "tools-without-bash");
  mkdirSync(tools);
  for (const name of readdirSync("/usr/bin")) {
    if (!/^r?bash$/.test(name)) symlinkSync(join("/usr/bin", name), join(tools, name));
  }
  return `env PATH=${tools}`;
}
