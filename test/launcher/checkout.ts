import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** What the launcher starts in these checkouts: it tells what it was given. */
const tellingMain = `console.log(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), node: process.execPath }));
`;

/** A folder for one file of tests, with a space and a quote in its path. */
export function makeWorkFolder(): { folder: string; remove: () => void } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "the launcher's ")));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A fresh checkout: what the launcher needs, and nothing installed. */
export function makeCheckout(folder: string, name: string): string {
  const checkout = join(folder, name);
  for (const name of ["src/cli", "src/library", "scripts/bundle"]) mkdirSync(join(checkout, name), { recursive: true });
  for (const file of [
    "runbook",
    "package.json",
    "package-lock.json",
    ".npmrc",
    "src/cli/start.cjs",
    "scripts/bundle.ts",
    "scripts/bundle/pack.ts",
    "src/checkout.ts",
    "src/library/reader-version.ts",
    "src/write-whole.ts",
  ]) {
    cpSync(join(root, file), join(checkout, file));
  }
  writeFileSync(join(checkout, "src/cli/main.ts"), tellingMain);
  return checkout;
}

/** A PATH on which `names` are missing: links to all other commands that the launcher may use. */
export function makePathWithout(folder: string, ...names: string[]): string {
  const bin = join(folder, `without ${names.join(" ")}`);
  mkdirSync(bin, { recursive: true });
  const wanted = ["sh", "node", "npm", "readlink", "flock", "uname", "id", "touch", "rm", "cp", "apt-get", "env"];
  for (const name of wanted.filter((candidate) => !names.includes(candidate))) {
    const found = ["/usr/bin", "/bin", "/usr/sbin", "/usr/local/bin"].map((place) => join(place, name));
    const existing = found.find((file) => realpathOrNothing(file));
    if (existing) symlinkSync(existing, join(bin, name));
  }
  return bin;
}

function realpathOrNothing(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}

/** How a start ended and what it said. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  ms: number;
}

/** A start that may still run. */
export interface Started {
  pid: number;
  ended: Promise<Ended>;
}

/** Starts a command as a user would, in a process group of its own. */
export function start(
  command: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Started {
  const began = performance.now();
  const { npm_config_prefix: _, ...env } = { ...process.env, ...options.env };
  const child = spawn(command, args, {
    cwd: options.cwd ?? tmpdir(),
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      // An orphan may hold the pipes: what is there counts.
      setTimeout(() => resolve({ code, signal, stdout, stderr, ms: performance.now() - began }), 50);
    });
  });
  // Not 0 where there is none: a signal to that would end the tests themselves.
  if (!child.pid) throw new Error(`${command} did not start`);
  return { pid: child.pid, ended };
}

/** Starts a command and waits for its end. */
export function run(
  command: string,
  args: string[] = [],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  return start(command, args, options).ended;
}
