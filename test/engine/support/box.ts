import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { systemPath } from "../../../src/engine/shell/launch.ts";
import type { Host } from "../../../src/engine/target/host.ts";

/** Whether a box can be had here: it needs namespaces of its own. */
export const canBox = process.getuid?.() === 0;

/**
 * A host with processes of its own that can be restarted from within, by a file `restart` in its folder: all its
 * processes end, and half a second later it starts with another first one, and a file `restarted` is there. `first` is
 * the command of that process.
 */
export async function startBox(folder: string, first: readonly string[] = ["sleep", "1000"]): Promise<Host> {
  let box: ChildProcess | undefined;
  let over = false;
  const start = async (): Promise<void> => {
    box = spawn("unshare", ["--pid", "--fork", "--mount-proc", "--kill-child", ...first], { stdio: "ignore" });
    const children = `/proc/${box.pid}/task/${box.pid}/children`;
    let init = "";
    while (!init) {
      await sleep(20);
      init = readFileSync(children, "utf8").trim();
    }
    writeFileSync(join(folder, "init"), init);
  };
  const watch = async (): Promise<void> => {
    while (!over) {
      await sleep(50);
      if (!existsSync(join(folder, "restart"))) continue;
      rmSync(join(folder, "restart"));
      box?.kill("SIGKILL");
      await sleep(500);
      if (over) return;
      await start();
      writeFileSync(join(folder, "restarted"), "");
    }
  };
  onTestFinished(() => {
    over = true;
    box?.kill("SIGKILL");
  });
  await start();
  void watch();
  const enter = `exec nsenter --target "$(cat '${folder}/init')" --pid --mount sh`;
  const env = { PATH: systemPath(true), HOME: "/root", LANG: "C.UTF-8", TERM: "dumb" };
  return { name: "box", local: false, shell: { file: "sh", args: ["-c", enter], env }, close: async () => {} };
}
