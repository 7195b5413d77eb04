/**
 * Runs all checks and tests; `npm test -- unit browser` runs some of them. The last line is `N passed, N failed`, where a check counts
 * as one, and each test as one. The lines before the last name the failures, so that they are at the end of a long log. Some stages run
 * one after the other beside the rest: a browser keeps one core busy, and the other stages wait much of the time.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa, type StdoutStderrOption } from "execa";
import { readPackageList, supplyPackages } from "./debian/supply.ts";
import { type Counts, readCounts, readFailures } from "./test/report.ts";

interface Stage {
  name: string;
  /** Arguments of the locked Node. */
  args: string[];
  /** The name of a vitest project, whose tests are counted. */
  project?: string;
  minutes: number;
  /** Whether this stage runs beside the rest, after the stage before it that does so. */
  beside?: boolean;
  /** The part of the project's files that this stage tests, of all its parts. */
  part?: string;
  /** Whether this stage has a /run/lock of its own, so that its runs and those of a stage beside it don't wait for each other. */
  ownLocks?: boolean;
  /** Why this stage can't run here. */
  skip?: string;
}

const root = join(import.meta.dirname, "..");
const results = join(root, "test-results");
const isRoot = process.getuid?.() === 0;

const reportOf = ({ project, part }: Pick<Stage, "project" | "part">) =>
  join(results, `${[project, part?.replace("/", "-of-")].filter(Boolean).join("-")}.json`);

function tests(project: string, minutes: number, more: string[] = [], part?: string): Stage {
  const report = reportOf({ project, ...(part && { part }) });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", project, "--passWithNoTests", ...reporters];
  if (part) args.push(`--shard=${part}`);
  return { name: project, project, minutes, args: [...args, ...more], ...(part && { part }) };
}

/** One test at a time: they change or measure the machine. */
const inTurn = ["--no-file-parallelism"];

/** The tests of runs in three parts of about the same size, of which one runs where the browser tests have ended. */
function runs(): Stage[] {
  const [first, ...rest] = ["1/3", "2/3", "3/3"].map((part) => tests("runs", 25, inTurn, part));
  // Only root can give a stage locks of its own.
  return [{ ...(first as Stage), ...(isRoot && { beside: true, ownLocks: true }) }, ...rest];
}

const stages: Stage[] = [
  { name: "style", minutes: 1, args: ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"] },
  { name: "types", minutes: 2, args: ["node_modules/typescript/bin/tsc"] },
  {
    name: "site-types",
    minutes: 3,
    args: ["node_modules/astro/bin/astro.mjs", "check", "--tsconfig", "src/site/tsconfig.json"],
  },
  // Comes after the check of types, which generates files of Astro.
  { ...tests("browser", 30, inTurn), beside: true },
  { name: "unused", minutes: 2, args: ["node_modules/knip/bin/knip.js"] },
  { name: "pages", minutes: 1, args: ["src/cli/start.cjs", "check", "--strict"] },
  tests("unit", 8),
  {
    // Compares the machine before and after. So only the browser tests, which change nothing on the machine, may run beside it.
    // Waits for containers most of the time. So it runs while the browser tests keep a core busy.
    ...tests("e2e", 30, inTurn),
    ...(isRoot && existsSync("/etc/debian_version") ? {} : { skip: "needs root on Debian" }),
  },
  { ...tests("launcher", 10, inTurn), beside: true },
  ...runs(),
];

const titleOf = ({ name, part }: Stage): string => (part ? `${name} ${part}` : name);

/** The words before a command whose /run/lock is its own. */
const ownLocks = ["unshare", "--mount", "sh", "-c"].concat(
  'mount -t tmpfs none /run/lock && chmod 1777 /run/lock && exec "$@"',
  "sh",
);

async function run(stage: Stage): Promise<Counts> {
  const heading = `\n── ${titleOf(stage)}`;
  if (stage.skip) {
    console.log(`${heading}\nnot run: ${stage.skip}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  if (!stage.beside) console.log(heading);
  const log = join(results, `${titleOf(stage).replaceAll(/\W+/g, "-")}.log`);
  const output: StdoutStderrOption = stage.beside ? { file: log, append: true } : "inherit";
  const [file, ...args] = [...(stage.ownLocks ? ownLocks : []), process.execPath, ...stage.args] as [
    string,
    ...string[],
  ];
  const result = await execa(file, args, {
    cwd: root,
    stdin: "ignore",
    stdout: output,
    stderr: output,
    env: { ASTRO_TELEMETRY_DISABLED: "1" },
    timeout: stage.minutes * 60_000,
    killDescendants: true,
    reject: false,
  });
  if (stage.beside) console.log(`${heading}\n${existsSync(log) ? readFileSync(log, "utf8") : ""}`);
  if (result.timedOut) console.log(`${stage.name} took longer than ${stage.minutes} minutes and was ended`);
  const counts = stage.project ? readCounts(reportOf(stage)) : { passed: 0, failed: 0, skipped: 0 };
  if (result.failed) return { ...counts, failed: Math.max(1, counts.failed) };
  return stage.project ? counts : { ...counts, passed: 1 };
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(
    `no such part: ${unknown.join(" ")}; there are ${[...new Set(stages.map((stage) => stage.name))].join(" ")}`,
  );
  process.exit(2);
}
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
supplyPackages(readPackageList(join(root, "scripts/debian/packages.txt")));

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const broken: string[] = [];
async function count(stage: Stage): Promise<void> {
  const counts = await run(stage);
  if (counts.failed > 0) broken.push(titleOf(stage));
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
const chosen = stages.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
let lane = Promise.resolve();
for (const stage of chosen) {
  if (stage.beside) lane = lane.then(() => count(stage));
  else await count(stage);
}
await lane;
console.log("");
for (const stage of stages)
  if (stage.project) for (const failure of readFailures(reportOf(stage))) console.log(failure);
if (broken.length > 0) console.log(`failed in: ${broken.join(", ")}`);
if (total.skipped > 0) console.log(`${total.skipped} not run`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
