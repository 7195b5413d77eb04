import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { PlanStep } from "../../../src/engine/plan/plan.ts";
import { type FileCommands, fileCommands } from "../../../src/engine/step/file/file-step.ts";
import { quoteShell } from "../../../src/language/shell/quote.ts";

const SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** A shell with the tools that it finds: those of the system, or busybox's own. */
export interface Shell {
  name: string;
  words: readonly string[];
  path: string;
}

/** A folder in which every tool is busybox's. */
function applets(): string {
  const folder = mkdtempSync(join(tmpdir(), "runbook-applets-"));
  chmodSync(folder, 0o755); // a test's other users look there too
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const name of execFileSync("/bin/busybox", ["--list"], { encoding: "utf8" }).trim().split("\n")) {
    symlinkSync("/bin/busybox", join(folder, name));
  }
  return folder;
}

/** The shells of targets that this machine has. */
export const shells: readonly Shell[] = [
  { name: "bash", words: ["/bin/bash", "--noprofile", "--norc"], path: SYSTEM },
  { name: "dash", words: ["/bin/dash"], path: SYSTEM },
  { name: "busybox", words: ["/bin/busybox", "sh"], path: existsSync("/bin/busybox") ? applets() : "" },
].filter(({ words: [file = ""] }) => existsSync(file));

/** A folder of its own for one test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "runbook-file-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The commands of a `file` step that writes a text, with a line feed, to a path. */
export function commandsFor(path: string, text: string, mode?: string): FileCommands {
  const step = { id: "file", file: { path, ...(mode === undefined ? {} : { mode }) }, fence: { text } };
  return fileCommands({ step } as PlanStep, new Map());
}

/** How a shell ended. */
export interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Runs a text as a shell's stdin, as a step's commands run: in a subshell of a strict shell. */
export function runIn(
  shell: Shell,
  text: string,
  options: { before?: string; path?: string; user?: number } = {},
): Ended {
  const { before = "", path = shell.path, user } = options;
  const [file = "", ...words] = shell.words;
  const { status, signal, stdout, stderr } = spawnSync(file, words, {
    input: `${before}\n(\nset -eu\neval ${quoteShell(text)}\n)\nexit\n`,
    encoding: "utf8",
    env: { PATH: path },
    timeout: 20_000,
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  return { status, signal, stdout, stderr };
}

/** A path on which each of these commands is first what a script says, which may call the real one as `real`. */
export function withCommands(folder: string, shell: Shell, commands: readonly string[], script: string): string {
  const first = join(folder, "bin");
  mkdirSync(first);
  for (const name of commands) {
    const real = execFileSync("/bin/sh", ["-c", `command -v ${name}`], { env: { PATH: shell.path }, encoding: "utf8" });
    const text = `#!/bin/bash\nname=${name}\nreal() { ${real.trim()} "$@"; }\n${script}\n`;
    execFileSync("/bin/sh", ["-c", 'cat >"$0" && chmod 755 "$0"', join(first, name)], { input: text });
  }
  return `${first}:${shell.path}`;
}
