import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A command to measure. */
export interface Command {
  argv: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

/** The cost of one run. */
export interface Taken {
  ms: number;
  /** The peak memory of the process itself, in bytes; 0 where it was not measured. */
  peak: number;
}

const busyExit = 3;
const tries = 40;

function envOf({ env }: Command): NodeJS.ProcessEnv {
  return { ...process.env, NO_COLOR: "1", ...env };
}

/** Runs a command and returns its time in milliseconds. A command that fails ends the bench with its output. */
export function time(command: Command): number {
  const [file = "", ...args] = command.argv;
  for (let attempt = 0; ; attempt++) {
    const began = performance.now();
    const done = spawnSync(file, args, {
      cwd: command.cwd,
      env: envOf(command),
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 2 ** 30,
    });
    const ms = performance.now() - began;
    if (done.status === 0) return ms;
    const said = `${done.stdout}${done.stderr}`;
    // Another run may hold the lock of this host for a moment.
    if (done.status !== busyExit || attempt === tries)
      throw new Error(`${command.argv.join(" ")}: ${done.status}\n${said}`);
    spawnSync("sleep", ["3"]);
  }
}

/** Runs a command, discards its output, and measures the memory of its own process. */
export async function watch(command: Command): Promise<Taken> {
  const [file = "", ...args] = command.argv;
  const began = performance.now();
  const child = spawn(file, args, { cwd: command.cwd, env: envOf(command), stdio: ["ignore", "ignore", "inherit"] });
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, highWater(child.pid ?? 0));
  }, 20);
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${command.argv.join(" ")}: ${code}`);
  return { ms: performance.now() - began, peak };
}

function highWater(pid: number): number {
  try {
    const [, kib = "0"] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kib) * 1024;
  } catch {
    return 0;
  }
}

/** The median times of several commands. They run in turns, so that a slow moment slows all of them. */
export function compare<Name extends string>(rounds: number, commands: Record<Name, Command>): Record<Name, number> {
  const names = Object.keys(commands) as Name[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (const name of names) time(commands[name]);
  for (let round = 0; round < rounds; round++) for (const name of names) taken[name].push(time(commands[name]));
  return Object.fromEntries(names.map((name) => [name, median(taken[name])])) as Record<Name, number>;
}

/** The median of some numbers. */
export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** A ratio in few digits. */
export function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`;
}

/** The median time of `bash -c true`, started by Python's subprocess, in milliseconds. */
export function bashFromPython(rounds: number): number {
  const program = `import statistics, subprocess, sys, time
taken = []
for _ in range(int(sys.argv[1])):
    began = time.perf_counter()
    subprocess.run(["bash", "-c", "true"])
    taken.append(time.perf_counter() - began)
print(1000 * statistics.median(taken))`;
  const { stdout } = spawnSync("python3", ["-c", program, String(rounds)], { encoding: "utf8" });
  return Number(stdout);
}
